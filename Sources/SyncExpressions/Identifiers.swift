import Bytes

/// GUIDs as text: the first three parts are little-endian in the bytes (MS-DTYP §2.3.4).
enum GUIDText {
  private static let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
  private static let hyphens: Set<Int> = [4, 6, 8, 10]

  /// The 16 bytes of `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, with or without braces, or nil.
  static func parse(_ text: ByteView) -> [UInt8]? {
    var text = text
    if text.count == 38, text[0] == UInt8(ascii: "{"), text[37] == UInt8(ascii: "}") {
      text = text[1..<37]
    }
    guard text.count == 36 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    var index = 0
    for (part, target) in order.enumerated() {
      if hyphens.contains(part) {
        guard text[index] == UInt8(ascii: "-") else { return nil }
        index += 1
      }
      guard let high = Numerals.hexDigit(text[index]), let low = Numerals.hexDigit(text[index + 1])
      else { return nil }
      bytes[target] = high << 4 | low
      index += 2
    }
    return bytes
  }

  /// The text in lower case without braces, as .NET prints it, or nil when there are not 16 bytes.
  static func format(_ bytes: ByteView) -> [UInt8]? {
    guard bytes.count == 16 else { return nil }
    var text: [UInt8] = []
    for (part, source) in order.enumerated() {
      if hyphens.contains(part) { text.append(UInt8(ascii: "-")) }
      let (high, low) = Numerals.hex(bytes[source])
      text.append(Text.lowerASCII(high))
      text.append(Text.lowerASCII(low))
    }
    return text
  }
}

/// Security identifiers as text (MS-DTYP §2.4.2).
enum SIDText {
  /// `S-1-5-21-…`, or nil when the bytes are not a security identifier.
  static func format(_ bytes: ByteView) -> String? {
    guard bytes.count >= 8, bytes[0] == 1, bytes[1] <= 15, bytes.count == 8 + 4 * Int(bytes[1])
    else {
      return nil
    }
    var authority: UInt64 = 0
    for index in 2..<8 { authority = authority << 8 | UInt64(bytes[index]) }
    // An authority beyond 32 bits is written in hexadecimal.
    var text = "S-1-" + (authority >> 32 == 0 ? "\(authority)" : hexadecimal(authority))
    for part in 0..<Int(bytes[1]) {
      var value: UInt32 = 0
      for index in (0..<4).reversed() { value = value << 8 | UInt32(bytes[8 + 4 * part + index]) }
      text += "-\(value)"
    }
    return text
  }

  private static func hexadecimal(_ authority: UInt64) -> String {
    let digits = String(authority, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: 12 - digits.count) + digits
  }
}
