import Bytes

/// SAFE-STRING of RFC 2849, and no blank at the end (its note 8).
enum SafeString {
  /// Whether `value` may stand in LDIF as it is.
  static func isSafe(_ value: ByteView) -> Bool {
    guard !value.isEmpty else { return true }
    switch value[0] {
    case 0x20, 0x3A, 0x3C: return false
    default: break
    }
    guard value[value.count - 1] != 0x20 else { return false }
    var index = 0
    while index + 8 <= value.count {
      guard isSafe(unsafe ByteView.word(value.unsafeBase, index)) else { return false }
      index += 8
    }
    while index < value.count {
      let byte = value[index]
      if byte >= 0x80 || byte == 0 || byte == 0x0A || byte == 0x0D { return false }
      index += 1
    }
    return true
  }

  /// Eight bytes at once: none above 127, and none that is NUL, LF or CR.
  @inline(__always)
  private static func isSafe(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    func zeroes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }
    return word & tops | zeroes(word) | zeroes(word ^ (ones &* 0x0A))
      | zeroes(word ^ (ones &* 0x0D)) == 0
  }
}
