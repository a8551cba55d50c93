import LibC

extension ByteView: Equatable {
  /// The index of the first `byte` at or after `start`, or nil. Runs at memory speed.
  @inlinable
  public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start < count else { return nil }
    let from = unsafe unsafeBase + start
    guard let hit = unsafe memchr(from, Int32(byte), count - start) else { return nil }
    return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(unsafeBase)
  }

  /// The index of the last `byte`, or nil.
  @inlinable
  public func lastIndex(of byte: UInt8) -> Int? {
    var index = count - 1
    while index >= 0 {
      if unsafe unsafeBase[index] == byte { return index }
      index -= 1
    }
    return nil
  }

  /// Whether the bytes are the same.
  @inlinable
  public static func == (left: ByteView, right: ByteView) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe memcmp(left.unsafeBase, right.unsafeBase, left.count) == 0
  }

  /// The same as `==`, in place: faster for the few dozen bytes that names and values have.
  @inlinable
  @inline(__always)
  public func isSameShort(as other: ByteView) -> Bool {
    guard count == other.count else { return false }
    return unsafe Self.equal(unsafeBase, other.unsafeBase, count)
  }

  /// Whether `count` bytes are the same, eight at a time; the last eight may overlap others.
  @inlinable
  @inline(__always)
  @unsafe
  public static func equal(
    _ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int
  ) -> Bool {
    guard count >= 8 else {
      for index in 0..<count where unsafe left[index] != right[index] { return false }
      return true
    }
    var index = 0
    while index &+ 8 <= count {
      if unsafe word(left, index) != word(right, index) { return false }
      index &+= 8
    }
    return unsafe word(left, count &- 8) == word(right, count &- 8)
  }

  /// Eight bytes from `index` on.
  @inlinable
  @inline(__always)
  @unsafe
  public static func word(_ bytes: UnsafePointer<UInt8>, _ index: Int) -> UInt64 {
    unsafe UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self)
  }

  /// Whether the bytes begin with `prefix`.
  @inlinable
  public func starts(with prefix: ByteView) -> Bool {
    count >= prefix.count && upTo(prefix.count) == prefix
  }

  /// Whether the bytes end with `suffix`.
  @inlinable
  public func ends(with suffix: ByteView) -> Bool {
    count >= suffix.count && from(count - suffix.count) == suffix
  }

  /// How many bytes the byte order mark of UTF-8 takes at their beginning: 3, or 0 where there is none.
  @inlinable
  public var byteOrderMarkLength: Int {
    count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF ? 3 : 0
  }

  /// Whether the bytes are the same but for the case of ASCII letters.
  @inlinable
  public func equalsIgnoringASCIICase(_ other: ByteView) -> Bool {
    guard count == other.count else { return false }
    for index in 0..<count {
      let left = unsafe unsafeBase[index]
      let right = unsafe other.unsafeBase[index]
      if left != right, left.asciiLowercased != right.asciiLowercased { return false }
    }
    return true
  }

  /// Whether the bytes are those of `literal` but for the case of ASCII letters.
  @inlinable
  @inline(__always)
  public func equalsIgnoringASCIICase(_ literal: StaticString) -> Bool {
    equalsIgnoringASCIICase(ByteView(literal))
  }

  /// Whether the bytes end with `suffix` but for the case of ASCII letters.
  @inlinable
  public func endsIgnoringASCIICase(with suffix: ByteView) -> Bool {
    count >= suffix.count && from(count - suffix.count).equalsIgnoringASCIICase(suffix)
  }

  /// Whether some byte is not ASCII.
  @inlinable
  public var hasNonASCII: Bool {
    var index = 0
    while index &+ 8 <= count {
      let word = unsafe UnsafeRawPointer(unsafeBase + index).loadUnaligned(as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { return true }
      index &+= 8
    }
    while index < count {
      if unsafe unsafeBase[index] >= 0x80 { return true }
      index &+= 1
    }
    return false
  }

  /// Whether every byte is a printable ASCII character, a blank included.
  public var isPrintableASCII: Bool {
    var index = 0
    while index &+ 8 <= count {
      let word = unsafe Self.word(unsafeBase, index)
      // Per byte: 0x80 and above, below 0x20, or 0x7F.
      let odd = word | (word &- 0x2020_2020_2020_2020) | (word &+ 0x0101_0101_0101_0101)
      if odd & 0x8080_8080_8080_8080 != 0 { return false }
      index &+= 8
    }
    while index < count {
      let byte = unsafe unsafeBase[index]
      if byte < 0x20 || byte > 0x7E { return false }
      index &+= 1
    }
    return true
  }

  /// Whether some byte makes a cell of a CSV file want quotation marks around it. RFC 4180 has `"`,
  /// the comma, CR and LF; `;` and tab are separators to other readers, and an apostrophe is a quotation
  /// mark to some.
  public var hasCellSeparator: Bool {
    func isSeparator(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x22, 0x2C, 0x0D, 0x0A, 0x3B, 0x09, 0x27: true
      default: false
      }
    }
    var index = 0
    while index &+ 8 <= count {
      let word = unsafe Self.word(unsafeBase, index)
      let ones: UInt64 = 0x0101_0101_0101_0101
      let comma = word ^ 0x2C2C_2C2C_2C2C_2C2C
      let double = word ^ 0x2222_2222_2222_2222
      let single = word ^ 0x2727_2727_2727_2727
      let semicolon = word ^ 0x3B3B_3B3B_3B3B_3B3B
      // Per byte: below 0x20, or one of the four. A borrow may mark a byte beside one that is meant.
      let low = (word &- 0x2020_2020_2020_2020) & ~word
      let hits =
        low | (comma &- ones) & ~comma | (double &- ones) & ~double
        | (single &- ones) & ~single | (semicolon &- ones) & ~semicolon
      if hits & 0x8080_8080_8080_8080 != 0 {
        for place in index..<index &+ 8 where isSeparator(unsafe unsafeBase[place]) { return true }
      }
      index &+= 8
    }
    while index < count {
      if isSeparator(unsafe unsafeBase[index]) { return true }
      index &+= 1
    }
    return false
  }

  /// Whether some byte is a backslash or an ASCII control character.
  @inlinable
  public var hasBackslashOrControl: Bool {
    var index = 0
    while index &+ 8 <= count {
      let word = unsafe Self.word(unsafeBase, index)
      // Per byte: below 0x20, 0x5C or 0x7F. A borrow may mark a byte beside one that is meant, never
      // when there is none.
      let low = (word &- 0x2020_2020_2020_2020) & ~word
      let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let delete = word ^ 0x7F7F_7F7F_7F7F_7F7F
      let ones: UInt64 = 0x0101_0101_0101_0101
      let hits = low | (slash &- ones) & ~slash | (delete &- ones) & ~delete
      if hits & 0x8080_8080_8080_8080 != 0 { return true }
      index &+= 8
    }
    while index < count {
      let byte = unsafe unsafeBase[index]
      if byte < 0x20 || byte == 0x5C || byte == 0x7F { return true }
      index &+= 1
    }
    return false
  }

  /// The number of line feeds.
  public var newlineCount: Int {
    var total = 0
    var index = 0
    // SIMD compare and subtract keeps 64 byte counters; they are added up before they can overflow.
    while count - index >= 64 {
      let rounds = Swift.min((count - index) / 64, 255)
      var sums = SIMD64<UInt8>(repeating: 0)
      for _ in 0..<rounds {
        let block = unsafe UnsafeRawPointer(unsafeBase + index)
          .loadUnaligned(as: SIMD64<UInt8>.self)
        let hits = block .== SIMD64<UInt8>(repeating: 0x0A)
        let ones = unsafe unsafeBitCast(hits, to: SIMD64<UInt8>.self)
        sums = sums &- ones
        index &+= 64
      }
      for lane in 0..<64 { total &+= Int(sums[lane]) }
    }
    while index < count {
      if unsafe unsafeBase[index] == 0x0A { total &+= 1 }
      index &+= 1
    }
    return total
  }

  /// Whether a byte is above 127.
  public var hasHighByte: Bool {
    var index = 0
    while count - index >= 128 {
      var sum = unsafe pair(index)
      for step in 1..<8 { sum |= unsafe pair(index &+ 16 &* step) }
      if Self.hasHighByte(sum) { return true }
      index &+= 128
    }
    return firstHighByte(from: index) != nil
  }

  /// The index of the first byte above 127 at or after `start`, or nil.
  func firstHighByte(from start: Int) -> Int? {
    var index = start
    while count - index >= 16 {
      let pair = unsafe pair(index)
      if Self.hasHighByte(pair) {
        let low = UInt64(littleEndian: pair[0]) & Self.highBits
        return low != 0
          ? index + low.trailingZeroBitCount / 8
          : index + 8 + (UInt64(littleEndian: pair[1]) & Self.highBits).trailingZeroBitCount / 8
      }
      index &+= 16
    }
    while index < count {
      if unsafe unsafeBase[index] >= 0x80 { return index }
      index &+= 1
    }
    return nil
  }

  private static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  /// The 16 bytes from `index` on.
  @inline(__always)
  @unsafe
  private func pair(_ index: Int) -> SIMD2<UInt64> {
    unsafe UnsafeRawPointer(unsafeBase + index).loadUnaligned(as: SIMD2<UInt64>.self)
  }

  @inline(__always)
  private static func hasHighByte(_ pair: SIMD2<UInt64>) -> Bool {
    (pair[0] | pair[1]) & highBits != 0
  }

  /// The bytes without ASCII white space (space, tab, CR, LF, VT, FF) at both ends.
  @inlinable
  public var trimmed: ByteView {
    var start = 0
    var end = count
    while start < end, unsafe unsafeBase[start].isASCIIWhiteSpace { start &+= 1 }
    while end > start, unsafe unsafeBase[end &- 1].isASCIIWhiteSpace { end &-= 1 }
    return self[start..<end]
  }
}

extension UInt8 {
  /// The byte in lower case when it is an ASCII capital.
  @inlinable public var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
  /// The byte in upper case when it is a small ASCII letter.
  @inlinable public var asciiUppercased: UInt8 { self &- 0x61 < 26 ? self & 0xDF : self }
  /// Whether it is space, tab, line feed, vertical tab, form feed or carriage return.
  @inlinable public var isASCIIWhiteSpace: Bool { self == 0x20 || self &- 0x09 < 5 }
  /// Whether it is an ASCII letter.
  @inlinable public var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  /// Whether it is an ASCII digit.
  @inlinable public var isASCIIDigit: Bool { self &- 0x30 < 10 }
  /// Whether it is an ASCII capital.
  @inlinable public var isASCIICapital: Bool { self &- 0x41 < 26 }
  /// The value of a hexadecimal digit in either case, or nil.
  @inlinable public var asciiHexadecimalValue: UInt8? {
    if isASCIIDigit { return self &- 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }
  /// The small hexadecimal digit for a value of 0 to 15.
  @inlinable public var asciiHexadecimalDigit: UInt8 { self < 10 ? 0x30 &+ self : 0x57 &+ self }
}
