/// What a server's certificate (RFC 5280) says, as far as it tells why it is not trusted.
struct PeerCertificate: Equatable {
  /// The subject's common name, else its organization.
  var subject: String
  /// The issuer's common name, else its organization.
  var issuer: String
  /// Whether subject and issuer are the same.
  var isSelfSigned: Bool
  /// From when it is valid, in seconds since 1970.
  var notBefore: Int
  /// Until when it is valid.
  var notAfter: Int
  /// The DNS names and addresses that it is for; without any, the subject's common name counts.
  var names: [String]

  /// Reads a certificate in DER; nil when it is not one.
  init?(_ der: [UInt8]) {
    var bytes = der[...]
    guard let certificate = DER(&bytes), certificate.tag == DER.sequence,
      let body = certificate.children.first, body.tag == DER.sequence
    else { return nil }
    // version [0] (absent in version 1), serial, algorithm, issuer, validity, subject, key, …
    let fields = body.children.drop(while: { $0.tag == 0xA0 })
    guard fields.count >= 6 else { return nil }
    let parts = Array(fields)
    let validity = parts[3].children
    guard validity.count == 2, let from = Self.time(validity[0]), let to = Self.time(validity[1])
    else { return nil }
    issuer = Self.name(parts[2])
    subject = Self.name(parts[4])
    isSelfSigned = parts[2].content == parts[4].content
    notBefore = from
    notAfter = to
    let extensions = parts.first { $0.tag == 0xA3 }?.children.first?.children ?? []
    names = []
    for name in extensions.lazy.compactMap(Self.alternativeNames).first ?? []
    where !names.contains(name) { names.append(name) }
    if names.isEmpty { names = [subject] }
  }

  /// Whether it is for `host` (RFC 6125 §6.4).
  func isFor(_ host: String) -> Bool {
    let host = host.lowercased()
    return names.contains { name in
      let name = name.lowercased()
      guard name.hasPrefix("*.") else { return name == host }
      guard let dot = host.firstIndex(of: ".") else { return false }
      return host[dot...] == name.dropFirst()
    }
  }

  /// The common name, else the organization, else the first value of a distinguished name.
  private static func name(_ name: DER) -> String {
    var values: [[UInt8]: String] = [:]
    var first: String?
    for pair in name.children.flatMap(\.children) {
      let parts = pair.children
      guard parts.count == 2, parts[0].tag == DER.objectIdentifier else { continue }
      values[Array(parts[0].content)] = parts[1].text
      first = first ?? parts[1].text
    }
    return values[[0x55, 4, 3]] ?? values[[0x55, 4, 10]] ?? first ?? ""
  }

  /// The names of a subjectAltName extension (RFC 5280 §4.2.1.6), nil for another extension.
  private static func alternativeNames(_ element: DER) -> [String]? {
    let parts = element.children
    guard let oid = parts.first, Array(oid.content) == [0x55, 0x1D, 0x11],
      var value = parts.last?.content, let list = DER(&value)
    else { return nil }
    return list.children.compactMap { name in
      switch name.tag {
      case 0x82: name.text
      case 0x87: address(Array(name.content))
      default: nil
      }
    }
  }

  private static func address(_ bytes: [UInt8]) -> String? {
    switch bytes.count {
    case 4: bytes.map { String($0) }.joined(separator: ".")
    case 16: IPAddress.text(bytes)
    default: nil
    }
  }

  /// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ` in seconds since 1970.
  private static func time(_ element: DER) -> Int? {
    var digits = element.content.prefix(while: { $0 >= 0x30 && $0 <= 0x39 }).map { Int($0) - 0x30 }
    if element.tag == DER.utcTime, digits.count >= 10 {
      // RFC 5280 §4.1.2.5.1: 50 to 99 are of the last century.
      digits = (digits[0] >= 5 ? [1, 9] : [2, 0]) + digits
    }
    guard digits.count >= 12 else { return nil }
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
    let second = digits.count >= 14 ? number(12..<14) : 0
    return UTCTime.seconds(
      year: number(0..<4), month: number(4..<6), day: number(6..<8))
      + number(8..<10) * 3600 + number(10..<12) * 60 + second
  }
}
