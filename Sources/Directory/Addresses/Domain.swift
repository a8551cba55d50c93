import Bytes

/// Questions about domain names as they stand behind the `@` of an address.
///
/// Names may be in any case, in Unicode or as A-labels. Nothing here allocates unless it says so.
public enum Domain {
  // MARK: Verdict

  /// Whether `domain` could be verified by a tenant: special-use and reserved names are refused
  /// first, then what is malformed or has one label, then what ends in no top-level domain.
  public static func verdict(
    of domain: ByteView, using topLevelDomains: TopLevelDomains = .shipped
  ) -> DomainVerdict {
    guard !domain.isEmpty else { return .malformed(.empty) }
    if let special = SpecialUse.find(domain) {
      let name = special.name.description
      return special.isByICANN
        ? .reserved(name: name, reference: special.reference)
        : .specialUse(name: name, reference: special.reference)
    }
    if let malformation = malformation(of: domain) { return .malformed(malformation) }
    let last = lastLabel(of: domain)
    if last.lowerBound == 0 { return .singleLabel }
    if topLevelDomains.contains(domain[last]) { return .routable }
    return .unknownTopLevelDomain(label: last, note: SpecialUse.note(domain[last]))
  }

  /// What keeps `domain` from being a domain name; nil when nothing does.
  public static func malformation(of domain: ByteView) -> DomainMalformation? {
    guard !domain.isEmpty else { return .empty }
    var start = 0
    for index in 0...domain.count {
      guard index == domain.count || domain[index] == UInt8(ascii: ".") else { continue }
      if let malformation = malformation(of: domain, label: start..<index) { return malformation }
      start = index + 1
    }
    // Only a domain in Unicode can be short here and too long in the DNS; its labels are not.
    return domain.count > 253 ? .nameTooLong(count: domain.count) : nil
  }

  private static func malformation(
    of domain: ByteView, label: Range<Int>
  ) -> DomainMalformation? {
    guard !label.isEmpty else { return .emptyLabel(offset: label.lowerBound) }
    var isASCII = true
    var index = label.lowerBound
    while index < label.upperBound {
      let element = UnicodeText.element(domain, at: index)
      guard let scalar = element.scalar, isHostNameScalar(scalar) else {
        return .badCharacter(offset: index)
      }
      isASCII = isASCII && element.length == 1
      index += element.length
    }
    let bytes = domain[label]
    if bytes[0] == UInt8(ascii: "-") || bytes[bytes.count - 1] == UInt8(ascii: "-") {
      return .hyphenAtEdge(label: label)
    }
    let fits = isASCII ? bytes.count <= 63 : ASCIILabel(bytes) != nil
    guard fits else { return .labelTooLong(label: label) }
    let isEncoded = bytes.count >= 4 && bytes.upTo(4).equalsIgnoringASCIICase(ByteView("xn--"))
    return !isEncoded || !isASCII || ASCIILabel.isALabel(bytes) ? nil : .notPunycode(label: label)
  }

  /// Whether `label` may be part of a host name: 1 to 63 letters, digits and hyphens (RFC 1123
  /// §2.1), or the same with letters, digits and marks of other scripts, and no hyphen at its ends.
  public static func isHostNameLabelValid(_ label: ByteView) -> Bool {
    malformation(of: label, label: 0..<label.count) == nil
  }

  @inline(__always)
  private static func isHostNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value < 0x80 else { return isInternationalScalar(scalar) }
    let byte = UInt8(truncatingIfNeeded: scalar.value)
    return byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-")
  }

  static func isInternationalScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber:
      true
    default:
      // RFC 5892 §A: these are allowed in some contexts.
      [0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x200C, 0x200D].contains(scalar.value)
    }
  }

  // MARK: Parts and forms

  /// Where the last label is: all of the domain when it has no dot, empty when it ends in one.
  public static func lastLabel(of domain: ByteView) -> Range<Int> {
    var start = domain.count
    while start > 0, domain[start - 1] != UInt8(ascii: ".") { start -= 1 }
    return start..<domain.count
  }

  /// `address` with what is behind its last `@` as the DNS has it: labels in Unicode as A-labels
  /// (RFC 5890 §2.3.2.1), mapped as `LabelMapping` says, so that a domain is the same in all spellings.
  /// What has none stays.
  ///
  /// The input itself comes back when nothing changes; else a copy in `arena`.
  public static func withALabels(_ address: ByteView, into arena: ByteArena) -> ByteView {
    guard let at = address.lastIndex(of: UInt8(ascii: "@")) else { return address }
    let domain = address.from(at + 1)
    guard domain.hasNonASCII else { return address }
    var bytes = address.upTo(at + 1).array
    func append(_ label: ByteView) {
      if let ascii = ASCIILabel(label) {
        for place in 0..<ascii.count { bytes.append(ascii[place]) }
      } else {
        bytes += label.array
      }
    }
    var start = 0
    for (offset, element) in UnicodeText.elements(domain) {
      guard let scalar = element.scalar, LabelMapping.isDot(scalar) else { continue }
      append(domain[start..<offset])
      bytes.append(UInt8(ascii: "."))
      start = offset + element.length
    }
    append(domain.from(start))
    return arena.copy(bytes)
  }

  // MARK: The service's own domains

  /// Whether Entra ID drops addresses of `domain`, because it belongs to the service:
  /// `*.onmicrosoft.com` and `*.microsoftonline.com`.
  ///
  /// `initialDomain` is the tenant's own, `contoso.onmicrosoft.com` or just `contoso`; it and its
  /// `contoso.mail.onmicrosoft.com` are not reserved. Without it no tenant's are.
  public static func isReservedForService(
    _ domain: ByteView, initialDomain: ByteView? = nil
  ) -> Bool {
    if SpecialUse.isWithin(domain, "microsoftonline.com") { return true }
    guard SpecialUse.isWithin(domain, "onmicrosoft.com") else { return false }
    guard domain.count > 16 else { return true }
    var tenant = domain.upTo(domain.count - 16)
    if tenant.endsIgnoringASCIICase(with: ByteView(".mail")) {
      tenant = tenant.upTo(tenant.count - 5)
    }
    guard !tenant.isEmpty, !tenant.contains(UInt8(ascii: ".")) else { return true }
    guard var own = initialDomain else { return false }
    let suffix = ByteView(".onmicrosoft.com")
    if own.endsIgnoringASCIICase(with: suffix) { own = own.upTo(own.count - suffix.count) }
    return !tenant.equalsIgnoringASCIICase(own)
  }
}
