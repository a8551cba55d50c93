import Bytes

/// Classes and folding of single bytes.
enum ASCII {
  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

  @inline(__always)
  static func lower(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

  @inline(__always)
  static func upper(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

  /// The value of a hexadecimal digit in either case, or nil.
  @inline(__always)
  static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte - 0x30 }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }

  /// The small digit for `value`, 0 to 15.
  @inline(__always)
  static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x57 + value
  }

  /// Whether `bytes` are `literal`, which is in small letters, without regard to ASCII case.
  @inline(__always)
  static func equal(_ bytes: ByteView, _ literal: StaticString) -> Bool {
    equalFolded(bytes, ByteView(literal))
  }

  /// Whether the two are equal without regard to ASCII case.
  @inline(__always)
  static func equalFolded(_ left: ByteView, _ right: ByteView) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where lower(left[index]) != lower(right[index]) { return false }
    return true
  }

  /// Whether `bytes` end in `suffix` without regard to ASCII case.
  @inline(__always)
  static func hasSuffix(_ bytes: ByteView, _ suffix: ByteView) -> Bool {
    bytes.count >= suffix.count && equalFolded(bytes.from(bytes.count - suffix.count), suffix)
  }
}
