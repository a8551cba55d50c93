import Bytes
import Directory

/// Functions on distinguished names.
enum DirectoryFunctions {
  static let all: [Function] = [
    Function("DNComponent", .one(.reference), .one(.number), gives: .of(.string)) {
      dn, number, arena throws(EvaluationError) in
      guard let dn = try dn.text("DNComponent") else { return .null }
      let number = try number.requiredNumber("DNComponent")
      return component(dn, number, arena).map { .text($0) } ?? .null
    },
    Function(
      "DNComponentRev", .one(.reference), .one(.number), .choice(["", "DC"], 0),
      gives: .of(.string)
    ) { dn, number, option, arena throws(EvaluationError) in
      guard let dn = try dn.text("DNComponentRev") else { return .null }
      let number = try number.requiredNumber("DNComponentRev")
      var skipsDC = false
      if case .number(1) = option { skipsDC = true }
      return reverseComponent(dn, number, skipsDC, arena).map { .text($0) } ?? .null
    },
    Function("EscapeDNComponent", .one(.string), gives: .of(.string)) {
      text, arena throws(EvaluationError) in
      guard let text = try text.text("EscapeDNComponent") else { return .null }
      return .text(arena.copy(escaped(text)))
    },
  ]

  /// The value of RDN number `number` from the left, or nil when there are fewer.
  static func component(_ dn: ByteView, _ number: Int64, _ arena: ByteArena) -> ByteView? {
    guard number >= 1 else { return nil }
    var parts = NameParts(dn)
    var remaining = number
    while let rdn = parts.next() {
      remaining -= 1
      guard remaining == 0 else { continue }
      let value = NameParts.split(rdn).value
      return parts.isPlain ? value : NameParts.canonical(value, arena)
    }
    return nil
  }

  private static func reverseComponent(
    _ dn: ByteView, _ number: Int64, _ skipsDC: Bool, _ arena: ByteArena
  ) -> ByteView? {
    var parts = NameParts(dn)
    var values: [ByteView] = []
    while let rdn = parts.next() {
      let (type, value) = NameParts.split(rdn)
      if skipsDC, Text.isEqual(type, ByteView("DC")) { continue }
      values.append(value)
    }
    guard number >= 1, number <= values.count else { return nil }
    return NameParts.canonical(values[values.count - Int(number)], arena)
  }

  /// The domain of the DN's DC parts: `contoso.com`, or `DC=contoso,DC=com`; nil without any.
  static func domain(of dn: ByteView, asDN: Bool, _ arena: ByteArena) -> ByteView? {
    var parts = NameParts(dn)
    var bytes: [UInt8] = []
    while let rdn = parts.next() {
      let (type, value) = NameParts.split(rdn)
      guard Text.isEqual(type, ByteView("DC")) else {
        // Only the last run of DC parts is the domain (CN=x,DC=record,CN=zone,DC=contoso,DC=com).
        bytes.removeAll(keepingCapacity: true)
        continue
      }
      if !bytes.isEmpty { bytes.append(UInt8(ascii: asDN ? "," : ".")) }
      if asDN { bytes.append(contentsOf: "DC=".utf8) }
      bytes.append(contentsOf: value)
    }
    return bytes.isEmpty ? nil : arena.copy(bytes)
  }

  /// The text as the value of an RDN (RFC 4514 §2.4).
  private static func escaped(_ text: ByteView) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, byte) in text.enumerated() {
      let isEdge = index == 0 || index == text.count - 1
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: "\""), UInt8(ascii: "\\"),
        UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ";"), UInt8(ascii: "="):
        bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: " ") where isEdge, UInt8(ascii: "#") where index == 0:
        bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20, 0x7F:
        let (high, low) = Numerals.hex(byte)
        bytes += [UInt8(ascii: "\\"), high, low]
      default: bytes.append(byte)
      }
    }
    return bytes
  }
}
