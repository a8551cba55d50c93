import Bytes
import Directory
import Findings
import Lint
import Tables

/// Finds what each row is about.
struct DecisionMatching {
  let file: DecisionsFile
  var decided: [DecidedRow] = []
  var wrong: [EditProblem] = []
  private var byFingerprint: [String: [Finding]] = [:]
  private var byDN: [[UInt8]: [Finding]] = [:]
  /// What has been decided about a value, and by which row.
  private var taken: [Place: (new: [UInt8]?, row: Int)] = [:]

  private struct Place: Hashable {
    var dn: [UInt8]
    var attribute: String
    var old: [UInt8]?
    /// Several values can be added.
    var added: [UInt8]?
  }

  init(_ file: DecisionsFile, _ result: LintResult) {
    self.file = file
    let fingerprints = Set(file.rows.flatMap(\.fingerprints))
    let names = Set(
      file.rows.filter(\.fingerprints.isEmpty).map { DistinguishedName.key(of: $0.dn) })
    var found: [Finding] = []
    result.render { objects, _ in
      objects.flatMap { $0 }.filter { finding in
        fingerprints.contains(finding.fingerprint)
          || (!names.isEmpty && names.contains(DistinguishedName.key(of: finding.dn)))
      }
    } consume: { part in
      found += part
      return true
    }
    for finding in found {
      byFingerprint[finding.fingerprint, default: []].append(finding)
      if !names.isEmpty { byDN[DistinguishedName.key(of: finding.dn), default: []].append(finding) }
    }
  }

  mutating func run() {
    for row in file.rows where row.action != .complete {
      if let reason = row.fingerprints.isEmpty ? matchValue(row) : matchFingerprints(row) {
        wrong.append(EditProblem(place: .row(row.number), dn: row.dn, reason: reason))
      }
    }
  }

  // MARK: Matching

  /// What is wrong with a row that names findings, or nil when it was taken over.
  private mutating func matchFingerprints(_ row: DecisionsFile.Row) -> String? {
    // Values that differ only in case or outer white space have one fingerprint.
    let findings = row.fingerprints.compactMap { fingerprint in
      let all = byFingerprint[fingerprint] ?? []
      return all.first { $0.shownValue == row.value } ?? all.first
    }
    guard let finding = findings.first else {
      return "there is no such finding now; check again, or delete the row"
    }
    for finding in findings {
      if let column = finding.contradiction(to: row) {
        if column == "value", let damage = SpreadsheetDamage.phrase(row.value) {
          return "value \(damage)"
        }
        return
          "its \(column) is not that of the finding with its fingerprint; rows must stay whole, "
          + "when they are sorted too"
      }
    }
    guard let attribute = finding.attribute, attribute != "dn" else {
      return "a finding about the object or its DN cannot be decided here"
    }
    // What is found about no value names none, but the row does, or the rule.
    let value = findings.lazy.compactMap(\.value).first
    let target = findings.lazy.compactMap { $0.proposal?.target }.first
    return take(
      row, finding.dn, attribute, old: value ?? (row.value.isEmpty ? target : row.value),
      findings: findings)
  }

  /// What is wrong with a row that names no finding, such as IdFix's, or nil when it was taken over.
  private mutating func matchValue(_ row: DecisionsFile.Row) -> String? {
    guard !row.attribute.isEmpty, row.attribute.lowercased() != "distinguishedname" else {
      return "a DN is changed by moving the object"
    }
    let findings = (byDN[DistinguishedName.key(of: row.dn)] ?? []).filter { finding in
      finding.attribute?.lowercased() == row.attribute.lowercased()
        && (finding.value ?? []) == row.value
    }
    return take(
      row, findings.first?.dn ?? row.dn, findings.first?.attribute ?? row.attribute,
      old: row.value.isEmpty ? nil : row.value, findings: findings)
  }

  private mutating func take(
    _ row: DecisionsFile.Row, _ dn: [UInt8], _ attribute: String, old: [UInt8]?,
    findings: [Finding]
  ) -> String? {
    let new = row.action.writes ? row.newValue : nil
    let old = row.action == .add ? nil : old
    if new?.isEmpty ?? false {
      return "\(row.action.rawValue) needs a NEWVALUE; REMOVE takes the value away"
    }
    if new == nil, old == nil { return "there is no value to remove" }
    if new != nil, new == old { return "the new value is the old one; COMPLETE leaves it" }
    let place = Place(
      dn: DistinguishedName.key(of: dn), attribute: attribute.lowercased(), old: old,
      added: old == nil ? new : nil)
    if let earlier = taken[place], findings.first?.name != "repeated-value" {
      return earlier.new == new ? nil : "row \(earlier.row) decides otherwise about this value"
    }
    taken[place] = (new, row.number)
    let modifications = [
      old.map { Modification(.delete, attribute, [$0]) },
      new.map { Modification(.add, attribute, [$0]) },
    ]
    decided.append(
      DecidedRow(
        row: row,
        request: EditRequest(
          place: .row(row.number), dn: dn, modifications: modifications.compactMap { $0 }),
        findings: findings, attribute: attribute, old: old))
    return nil
  }
}

extension Finding {
  /// The value that a decisions report shows; empty for one that is found about the number of values,
  /// of which the report names what would change.
  fileprivate var shownValue: [UInt8] { value.map(CSVCells.text) ?? [] }

  /// The column of `row` that says something else than this finding; nil when all are about it.
  fileprivate func contradiction(to row: DecisionsFile.Row) -> String? {
    if !isDN(row.dn) { return "dn" }
    if row.attribute.lowercased() != (attribute ?? "").lowercased() { return "attribute" }
    // Where the report names no value, a person may.
    let shown = shownValue
    if !shown.isEmpty, Self.folded(shown) != Self.folded(row.value) { return "value" }
    return nil
  }

  private func isDN(_ text: [UInt8]) -> Bool {
    if text == dn || DistinguishedName.key(of: text) == DistinguishedName.key(of: dn) {
      return true
    }
    var cell = OutputBuffer()
    cell.append(cellDN: dn.span)
    return cell.bytes == text
  }

  /// `value` in a form in which values of one fingerprint are the same, whatever a spreadsheet made of
  /// its line breaks.
  private static func folded(_ value: [UInt8]) -> [UInt8] {
    let arena = ByteArena(blockSize: 1024)
    return withExtendedLifetime(arena) {
      value.filter { $0 != 0x0D }.withByteView {
        UnicodeText.foldCase($0.trimmed, into: arena).array
      }
    }
  }
}
