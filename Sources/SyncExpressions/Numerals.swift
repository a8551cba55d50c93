import Bytes

/// Numbers and Booleans as a directory writes them (RFC 4517 §3.3.16 and §3.3.3).
enum Numerals {
  /// The decimal number that `bytes` are, or nil. White space around it is passed over.
  static func parse(_ bytes: ByteView) -> Int64? {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == 0x20 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    guard start < end else { return nil }
    let isNegative = bytes[start] == UInt8(ascii: "-")
    if isNegative || bytes[start] == UInt8(ascii: "+") { start += 1 }
    guard start < end else { return nil }
    var value: Int64 = 0
    for index in start..<end {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      // Built downwards, because the smallest number has no positive counterpart.
      let (sum, overflow2) = product.subtractingReportingOverflow(Int64(digit))
      guard !overflow, !overflow2 else { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// TRUE and FALSE in any case, or nil.
  static func parseBoolean(_ bytes: ByteView) -> Bool? {
    if Text.isEqual(bytes, ByteView("TRUE")) { return true }
    if Text.isEqual(bytes, ByteView("FALSE")) { return false }
    return nil
  }

  /// The value of a hexadecimal digit, or nil.
  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// The two upper-case hexadecimal digits of `byte`.
  static func hex(_ byte: UInt8) -> (UInt8, UInt8) {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x41 + value - 10 }
    return (digit(byte >> 4), digit(byte & 15))
  }
}
