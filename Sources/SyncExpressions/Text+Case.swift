import Bytes

// Comparison without case: ASCII letters and Unicode's simple lower-case mapping, character by
// character, which keeps every position.
extension Text {
  /// The lower-case character, when that is one character.
  static func lower(_ code: UInt32) -> UInt32 {
    if code < 0x80 { return code >= 0x41 && code <= 0x5A ? code | 0x20 : code }
    return single(Unicode.Scalar(code)?.properties.lowercaseMapping) ?? code
  }

  /// The upper-case character, when that is one character.
  static func upper(_ code: UInt32) -> UInt32 {
    if code < 0x80 { return code >= 0x61 && code <= 0x7A ? code & ~0x20 : code }
    return single(Unicode.Scalar(code)?.properties.uppercaseMapping) ?? code
  }

  private static func single(_ mapping: String?) -> UInt32? {
    guard let scalars = mapping?.unicodeScalars, scalars.count == 1 else { return nil }
    return scalars.first?.value
  }

  @inline(__always)
  static func lowerASCII(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// Whether the two are equal without regard to case.
  static func isEqual(_ left: ByteView, _ right: ByteView) -> Bool {
    let shorter = min(left.count, right.count)
    var index = 0
    while index < shorter {
      let a = left[index]
      let b = right[index]
      if (a | b) >= 0x80 { return compare(left.from(index), right.from(index)) == 0 }
      if a != b, lowerASCII(a) != lowerASCII(b) { return false }
      index += 1
    }
    return left.count == right.count
  }

  /// Whether `text` begins with `prefix`, which is ASCII, without regard to case.
  static func hasPrefix(_ text: ByteView, ascii prefix: ByteView) -> Bool {
    var index = 0
    while index < prefix.count {
      guard index < text.count else { return false }
      let a = text[index]
      // Beyond ASCII a letter may still fold to ASCII (U+212A, the Kelvin sign).
      if a >= 0x80 { return hasPrefixSlowly(text.from(index), prefix.from(index)) }
      let b = prefix[index]
      if a != b, lowerASCII(a) != lowerASCII(b) { return false }
      index += 1
    }
    return true
  }

  private static func hasPrefixSlowly(_ text: ByteView, _ prefix: ByteView) -> Bool {
    compare(text.upTo(offset(text, units: prefix.count)), prefix) == 0
  }

  /// -1, 0 or 1: the order by lower-case code points.
  static func compare(_ left: ByteView, _ right: ByteView) -> Int {
    var i = 0
    var j = 0
    while i < left.count, j < right.count {
      let a = character(left, at: i)
      let b = character(right, at: j)
      if a.code != b.code {
        let x = lower(a.code)
        let y = lower(b.code)
        if x != y { return x < y ? -1 : 1 }
      }
      i += a.length
      j += b.length
    }
    return (j == right.count ? 0 : -1) + (i == left.count ? 0 : 1)
  }

  /// A copy in which every character is mapped.
  static func map(
    _ text: ByteView, _ arena: ByteArena, _ transform: (UInt32) -> UInt32
  ) -> ByteView {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let character = character(text, at: index)
      append(transform(character.code), to: &bytes)
      index += character.length
    }
    return arena.copy(bytes)
  }
}
