import Bytes

/// Base64 (RFC 4648 §4), for the conversion functions; reading passes over white space as .NET does.
enum Base64 {
  static func encode(_ bytes: [UInt8]) -> [UInt8] { Bytes.Base64.encode(bytes) }

  /// The bytes, or nil when `text` is not padded Base64; white space is passed over, as .NET does.
  static func decode(_ text: ByteView) -> [UInt8]? {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var digits = 0
    var padding = 0
    for byte in text where !Text.isWhiteSpace(UInt32(byte)) {
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard padding == 0, let digit = value(byte) else { return nil }
      bits = bits << 6 | digit
      digits += 1
      if digits % 4 == 0 {
        for shift in [16, 8, 0] as [UInt32] {
          result.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
        bits = 0
      }
    }
    switch (digits % 4, padding) {
    case (0, 0): break
    case (2, 2): result.append(UInt8(truncatingIfNeeded: bits >> 4))
    case (3, 1):
      result.append(UInt8(truncatingIfNeeded: bits >> 10))
      result.append(UInt8(truncatingIfNeeded: bits >> 2))
    default: return nil
    }
    return result
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

/// UTF-16LE, which .NET calls Unicode.
enum UTF16Bytes {
  static func encode(_ text: ByteView) -> [UInt8] {
    var result: [UInt8] = []
    for unit in text.string.utf16 {
      result.append(UInt8(truncatingIfNeeded: unit))
      result.append(UInt8(truncatingIfNeeded: unit >> 8))
    }
    return result
  }

  /// The text as UTF-8; what is not UTF-16 becomes U+FFFD.
  static func decode(_ bytes: [UInt8]) -> [UInt8] {
    var units: [UInt16] = []
    for index in stride(from: 0, to: bytes.count - bytes.count % 2, by: 2) {
      units.append(UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)
    }
    var text = String(decoding: units, as: UTF16.self)
    if bytes.count % 2 == 1 { text += "\u{FFFD}" }
    return Array(text.utf8)
  }
}
