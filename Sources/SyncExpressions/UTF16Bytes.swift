import Bytes

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
