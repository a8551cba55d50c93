import Bytes

// Substring search. Short needles are compared at every place, which is at most 32 times the
// haystack; longer ones use the table of Knuth, Morris and Pratt, so that hostile values cannot make
// it quadratic.
extension Text {
  /// The byte at which `needle` first (or last) begins at or after byte `start`, or nil.
  static func find(
    _ needle: ByteView, in haystack: ByteView, from start: Int = 0, last: Bool = false,
    ignoringCase: Bool = false
  ) -> Int? {
    guard start <= haystack.count else { return nil }
    if needle.count <= 32 {
      return scan(needle, haystack, start, last: last, ignoringCase: ignoringCase)
    }
    return match(needle, haystack, start, last: last, ignoringCase: ignoringCase)
  }

  /// As `find`, folding characters beyond ASCII too; the result is a place in UTF-16 code units.
  static func position(
    of needle: ByteView, in haystack: ByteView, fromUnit unit: Int, last: Bool = false,
    ignoringCase: Bool, _ arena: ByteArena
  ) -> Int? {
    var needle = needle
    var haystack = haystack
    if ignoringCase, !(isASCII(needle) && isASCII(haystack)) {
      needle = map(needle, arena, lower)
      haystack = map(haystack, arena, lower)
    }
    let start = unit == 0 ? 0 : offset(haystack, units: unit)
    let found = find(needle, in: haystack, from: start, last: last, ignoringCase: ignoringCase)
    guard let found else { return nil }
    return length(haystack.upTo(found))
  }

  /// The place of a short ASCII needle without regard to case, -1 when it does not occur, or nil
  /// when characters beyond ASCII have to be looked at first.
  static func scan(ascii needle: ByteView, in haystack: ByteView) -> Int? {
    let lower = lowerASCII(needle[0])
    let upper = lower >= 0x61 && lower <= 0x7A ? lower & ~0x20 : lower
    return haystack.withSpan { bytes in
      for place in bytes.indices {
        let byte = bytes[place]
        if byte >= 0x80 { return nil }
        guard byte == lower || byte == upper, place + needle.count <= bytes.count else { continue }
        if isMatch(needle, haystack, place, true) { return place }
        if haystack[place..<place + needle.count].contains(where: { $0 >= 0x80 }) { return nil }
      }
      return -1
    }
  }

  private static func scan(
    _ needle: ByteView, _ haystack: ByteView, _ start: Int, last: Bool, ignoringCase: Bool
  ) -> Int? {
    let end = haystack.count - needle.count
    guard start <= end else { return nil }
    var place = last ? end : start
    while place >= start, place <= end {
      if isMatch(needle, haystack, place, ignoringCase) { return place }
      place += last ? -1 : 1
    }
    return nil
  }

  @inline(__always)
  private static func isMatch(
    _ needle: ByteView, _ haystack: ByteView, _ place: Int, _ ignoringCase: Bool
  ) -> Bool {
    var index = 0
    while index < needle.count {
      let a = haystack[place + index]
      let b = needle[index]
      if a != b, !ignoringCase || lowerASCII(a) != lowerASCII(b) { return false }
      index += 1
    }
    return true
  }

  private static func match(
    _ needle: ByteView, _ haystack: ByteView, _ start: Int, last: Bool, ignoringCase: Bool
  ) -> Int? {
    func fold(_ byte: UInt8) -> UInt8 { ignoringCase ? lowerASCII(byte) : byte }
    var borders = [0]
    borders.reserveCapacity(needle.count)
    var border = 0
    for index in 1..<needle.count {
      let byte = fold(needle[index])
      while border > 0, byte != fold(needle[border]) { border = borders[border - 1] }
      if byte == fold(needle[border]) { border += 1 }
      borders.append(border)
    }
    var matched = 0
    var result: Int?
    for index in start..<haystack.count {
      let byte = fold(haystack[index])
      while matched > 0, byte != fold(needle[matched]) { matched = borders[matched - 1] }
      if byte == fold(needle[matched]) { matched += 1 }
      guard matched == needle.count else { continue }
      result = index - needle.count + 1
      if !last { return result }
      matched = borders[matched - 1]
    }
    return result
  }
}
