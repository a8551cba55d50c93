import Bytes
import Directory
import Findings

/// Masks the values of chosen attributes wherever a finding shows them.
///
/// * The value of such an attribute, its repair's value and other holders' values become `[redacted]`.
/// * Sentences, evidence and reasons lose every occurrence of such a value and of its parts (address,
///   local part, domain, last label), and what they quote when the finding is about such an attribute.
/// * In DNs the values of such attributes are masked; `dn` and `distinguishedName` mask DNs as a whole.
/// * Raw lines of unreadable input are masked unless they plainly belong to another attribute, and the
///   summary's most frequent values are left out.
/// * Passwords and keys are always masked, whatever is chosen.
///
/// Fingerprints and the other keys stay: they name a finding from run to run, and hold 128 bits of a
/// hash of the value.
public struct Redaction: FindingStage {
  static let mask = Array(SecretLine.mask.utf8)

  private let attributes: AttributeNameSet
  private let hasChoice: Bool
  private let hidesDN: Bool
  private let hidesNames: Bool

  private let absent: [String]

  /// Masks the values of `attributes`, by name or object identifier, in any case and without options,
  /// besides those that are always masked. Of those that are `absent` from all data it says so.
  public init(attributes: [String], absent: [String] = []) {
    self.attributes = AttributeNameSet(Schema.spellings(attributes) + SecretAttributes.names)
    self.absent = absent
    hasChoice = !attributes.isEmpty
    hidesDN = self.attributes.contains("dn") || self.attributes.contains("distinguishedName")
    hidesNames = self.attributes.contains("cn") || self.attributes.contains("name")
  }

  private func hides(_ attribute: String?) -> Bool {
    attribute.map { attributes.contains($0) } ?? false
  }

  /// Masks one object's findings, and what else is to be done about it.
  public func pass(_ findings: inout [Finding]) {
    guard let followers = findings.first?.annotations.followers, !followers.isEmpty else {
      return mask(&findings)
    }
    let count = findings.count
    findings += followers
    mask(&findings)
    findings[0].annotations.followers = Array(findings[count...])
    findings.removeLast(followers.count)
  }

  private func mask(_ findings: inout [Finding]) {
    guard
      hasChoice
        || findings.indices.contains(where: {
          hides(findings[$0].attribute) || SecretLine.begins(findings[$0].dn)
            || !findings[$0].annotations.concealed.isEmpty
        })
    else { return }
    var secrets = Secrets()
    for value in findings.first?.annotations.concealed ?? [] { secrets.add(whole: value) }
    for finding in findings {
      if hides(finding.attribute) {
        if let value = finding.value { secrets.add(value) }
        if let value = finding.proposal?.value { secrets.add(value) }
        if let value = finding.proposal?.target { secrets.add(value) }
        if let value = finding.proposal?.safeValue { secrets.add(value) }
      }
      for dn in [finding.dn] + finding.related.map(\.dn) where masked(dn: dn) != dn {
        secrets.add(name: dn)
      }
      for holder in finding.related where hides(holder.attribute) { secrets.add(holder.value) }
    }
    findings = findings.map { masked($0, secrets) }
  }

  /// Masks the summary.
  public func pass(_ summary: inout RunSummary) {
    summary = masked(summary)
    for name in absent {
      summary.problems.append(
        Problem(
          kind: .note,
          message: "--redact \(name) masks nothing: no object that was read has such an attribute"))
    }
  }

  private func masked(_ original: Finding, _ secrets: Secrets) -> Finding {
    var finding = original
    let isHidden = hides(finding.attribute)
    if isHidden && finding.value != nil { finding.value = Self.mask }
    let text = { (text: String) in secrets.masking(text, quotations: isHidden) }
    finding.message = text(finding.message)
    finding.evidence = finding.evidence.map(text)
    finding.cloud = finding.cloud.map(text)
    if isHidden || finding.cause.map({ text($0.value) != $0.value }) ?? false {
      finding.cause = nil
    }
    if hides("objectGUID") { finding.objectGUID = nil }
    finding.dn = masked(dn: original.dn)
    finding.unit = masked(dn: original.unit)
    finding.annotations.toldAt = original.annotations.toldAt.map { masked(dn: $0) }
    // Without a `cn`, it is the first value of the DN.
    let isNameHidden = hidesNames || hidesDN || isFirstPartHidden(original.dn)
    if isNameHidden { finding.commonName = Self.mask }
    mask(&finding, isHidden: isHidden, secrets)
    finding.related = finding.related.map { holder in
      var masked = holder
      masked.dn = self.masked(dn: holder.dn)
      if hides(holder.attribute) || isHidden { masked.value = Self.mask }
      return masked
    }
    return finding
  }

  /// Masks what is to be done.
  private func mask(_ finding: inout Finding, isHidden: Bool, _ secrets: Secrets) {
    guard let proposal = finding.proposal else { return }
    func isMasked(_ value: [UInt8]?) -> Bool {
      value.map { isHidden || secrets.masking($0) != $0 } ?? false
    }
    finding.proposal?.reason = secrets.masking(proposal.reason, quotations: isHidden)
    finding.proposal?.value = proposal.value.map { isHidden ? Self.mask : secrets.masking($0) }
    finding.proposal?.target = proposal.target.map { isHidden ? Self.mask : secrets.masking($0) }
    finding.proposal?.safeValue = proposal.safeValue.map {
      isHidden ? Self.mask : secrets.masking($0)
    }
    // What is masked here must not be written into a directory later.
    guard
      isHidden || isMasked(proposal.value) || isMasked(proposal.target)
        || isMasked(finding.annotations.decision?.value)
    else { return }
    finding.annotations.decision = nil
    finding.annotations.isWithheld = true
  }

  /// Whether the first part of `dn` names a value that is masked.
  private func isFirstPartHidden(_ dn: [UInt8]) -> Bool {
    !masked(dn: dn).starts(with: dn[..<min(dn.count, Self.partEnd(dn, from: 0))])
  }

  /// The summary, masked.
  public func masked(_ original: RunSummary) -> RunSummary {
    var summary = original
    for index in summary.problems.indices {
      if let raw = summary.problems[index].raw { summary.problems[index].raw = masked(raw: raw) }
    }
    if ["userPrincipalName", "proxyAddresses", "mail"].contains(where: attributes.contains) {
      summary.domains = []
    }
    for index in summary.skippedObjects.indices {
      summary.skippedObjects[index].dn = masked(dn: summary.skippedObjects[index].dn)
    }
    for index in summary.problems.indices {
      if let dn = summary.problems[index].dn {
        let bytes = masked(dn: Array(dn.utf8))
        summary.problems[index].dn = String(decoding: bytes, as: UTF8.self)
      }
    }
    return summary
  }

  /// A raw line of LDIF. Where attributes were chosen it is kept only when it is one line that begins
  /// with another attribute's name.
  private func masked(raw: [UInt8]) -> [UInt8] {
    if let masked = SecretLine.masked(raw) { return masked }
    let colon = raw.firstIndex(of: UInt8(ascii: ":")) ?? 0
    let attribute = String(decoding: raw[..<colon], as: UTF8.self)
    if hides(attribute) { return raw[...colon] + [0x20] + Self.mask }
    guard hasChoice else { return raw }
    guard colon > 0, raw[..<colon].allSatisfy(Self.isNameByte), !raw.contains(0x0A) else {
      return Self.mask
    }
    guard attribute.lowercased() == "dn" else { return raw }
    // A DN in base64 cannot be masked in part.
    let isEncoded = colon + 1 < raw.count && raw[colon + 1] == UInt8(ascii: ":")
    return raw[...colon]
      + (isEncoded ? [0x20] + Self.mask : masked(dn: Array(raw[(colon + 1)...])))
  }

  /// Letters, digits and what else attribute descriptions and OIDs consist of (RFC 4512).
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3B: true
    default: false
    }
  }

  /// The DN with the values of hidden attributes masked.
  func masked(dn: [UInt8]) -> [UInt8] {
    if hidesDN || SecretLine.begins(dn) { return Self.mask }
    guard hasChoice else { return dn }
    // A line of a value that follows a `dn:` by mistake.
    let start = dn.drop { $0 == 0x20 }
    let name = start.prefix(while: Self.isNameByte)
    let rest = start[name.endIndex...].first { $0 != 0x20 }
    if let rest, rest != UInt8(ascii: "="), hides(String(decoding: name, as: UTF8.self)) {
      return Self.mask
    }
    var result: [UInt8] = []
    var begin = 0
    while begin <= dn.count {
      let end = Self.partEnd(dn, from: begin)
      let part = dn[begin..<end]
      if let equals = part.firstIndex(of: UInt8(ascii: "=")),
        hides(String(decoding: part[..<equals].filter { $0 != 0x20 }, as: UTF8.self))
      {
        result += part[...equals] + Self.mask
      } else {
        result += part
      }
      if end < dn.count { result.append(dn[end]) }
      begin = end + 1
    }
    return result
  }

  /// Where the part of a DN ends: at a `,`, `+` or `;` that is not escaped and has `type=` behind it.
  /// Anything less is taken for a piece of the value, which must not be shown.
  private static func partEnd(_ dn: [UInt8], from start: Int) -> Int {
    var index = start
    while index < dn.count {
      switch dn[index] {
      case UInt8(ascii: "\\"): index = min(index + 2, dn.count)
      case UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: ";"):
        if beginsPart(dn, at: index + 1) { return index }
        index += 1
      default: index += 1
      }
    }
    return dn.count
  }

  private static func beginsPart(_ dn: [UInt8], at start: Int) -> Bool {
    let rest = dn[start...].drop { $0 == 0x20 }
    let name = rest.prefix { isNameByte($0) && $0 != UInt8(ascii: ";") }
    return !name.isEmpty
      && rest[name.endIndex...].drop { $0 == 0x20 }.first == UInt8(ascii: "=")
  }
}
