import Bytes

/// What a clause said of the last entry, for a clause that depends on one attribute alone: entries
/// that follow each other often have the same value (`userAccountControl: 512`).
struct ClauseMemo {
  private var word: UInt64 = 0
  private var length = -1
  private var isTrue = false

  /// The outcome for `value`, or nil when the last value was another.
  @inline(__always)
  func outcome(_ value: ByteView) -> Bool? {
    guard value.count == length, Self.word(value) == word else { return nil }
    return isTrue
  }

  /// Remembers the outcome for `value`, when it is short enough.
  mutating func remember(_ value: ByteView, _ isTrue: Bool) {
    guard value.count <= 8 else { return }
    word = Self.word(value)
    length = value.count
    self.isTrue = isTrue
  }

  @inline(__always)
  private static func word(_ value: ByteView) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<value.count {
      word = unsafe word &<< 8 | UInt64(value.unsafeBase[index])
    }
    return word
  }
}
