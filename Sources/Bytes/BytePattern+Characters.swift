extension BytePattern {
  /// A set of characters, as ranges in ascending order that neither overlap nor touch.
  ///
  /// A byte that is no UTF-8 is the character `invalid`, one after the last scalar, so that the
  /// opposite of a set has it without further ado.
  struct Characters: Hashable, Sendable {
    static let invalid: UInt32 = 0x11_0000

    private(set) var ranges: [ClosedRange<UInt32>]

    init(_ ranges: [ClosedRange<UInt32>]) {
      self.ranges = []
      for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if let last = self.ranges.last, range.lowerBound <= last.upperBound + 1 {
          let end = max(last.upperBound, range.upperBound)
          self.ranges[self.ranges.count - 1] = last.lowerBound...end
        } else {
          self.ranges.append(range)
        }
      }
    }

    /// The characters that are not in the set.
    var inverted: Characters {
      var result: [ClosedRange<UInt32>] = []
      var next: UInt32 = 0
      for range in ranges {
        if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
        next = range.upperBound + 1
      }
      if next <= Self.invalid { result.append(next...Self.invalid) }
      return Characters(result)
    }

    /// The set with both cases of each of its ASCII letters.
    var foldingCase: Characters {
      var result = ranges
      for range in ranges {
        // From each case to the other: the letters in `range`, moved.
        for (letters, offset) in [(UInt32(0x41)...0x5A, 32), (UInt32(0x61)...0x7A, -32)]
        where range.overlaps(letters) {
          let found = range.clamped(to: letters)
          let start = UInt32(Int(found.lowerBound) + offset)
          result.append(start...(start + UInt32(found.count) - 1))
        }
      }
      return Characters(result)
    }

    func contains(_ character: UInt32) -> Bool {
      ranges.contains { $0.contains(character) }
    }

    /// `\d`: ASCII only, because that is what phone numbers and identifiers mean by it.
    static let digits = Characters([0x30...0x39])
    /// `\w`.
    static let word = Characters([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// `\s`: Unicode's White_Space (PropList.txt).
    static let whiteSpace = Characters([
      0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A,
      0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
    ])
    /// `.`
    static let anyButLineFeed = Characters([0x0A...0x0A]).inverted
  }

  /// All characters, divided into classes that no set of a pattern tells apart.
  struct Alphabet: Sendable {
    /// Where the intervals begin, ascending from 0, and the class of each.
    let starts: [UInt32]
    let classes: [UInt16]
    let classCount: Int
    /// For each set, for each class, whether the set has the class.
    let members: [[Bool]]

    init(_ sets: [Characters]) {
      var bounds: Set<UInt32> = [0]
      for range in sets.lazy.flatMap(\.ranges) {
        bounds.insert(range.lowerBound)
        if range.upperBound < Characters.invalid { bounds.insert(range.upperBound + 1) }
      }
      starts = bounds.sorted()
      var numbers: [[Bool]: UInt16] = [:]
      var classes: [UInt16] = []
      var members = [[Bool]](repeating: [], count: sets.count)
      for start in starts {
        let signature = sets.map { $0.contains(start) }
        if let number = numbers[signature] {
          classes.append(number)
          continue
        }
        classes.append(UInt16(numbers.count))
        numbers[signature] = UInt16(numbers.count)
        for (set, isMember) in signature.enumerated() { members[set].append(isMember) }
      }
      self.classes = classes
      self.members = members
      classCount = numbers.count
    }

    /// The class of `character`.
    @inline(__always)
    func classOf(_ character: UInt32) -> Int {
      var low = 0
      var high = starts.count
      while high &- low > 1 {
        let middle = (low &+ high) / 2
        if starts[middle] <= character { low = middle } else { high = middle }
      }
      return Int(classes[low])
    }
  }

  /// The character that begins at `index`, which is no ASCII, with its length in bytes.
  @inline(__always)
  static func decode(_ text: ByteView, at index: Int) -> (character: UInt32, length: Int) {
    let lead = text[index]
    let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
    guard length > 1, index &+ length <= text.count else { return (Characters.invalid, 1) }
    var character = UInt32(lead) & (0x7F &>> UInt32(length))
    for offset in 1..<length {
      let byte = text[index &+ offset]
      guard byte & 0xC0 == 0x80 else { return (Characters.invalid, 1) }
      character = character &<< 6 | UInt32(byte & 0x3F)
    }
    // RFC 3629: no longer form than needed, no surrogates, nothing above U+10FFFF.
    if length == 3, character < 0x800 || character &- 0xD800 < 0x800 {
      return (Characters.invalid, 1)
    }
    if length == 4, character < 0x1_0000 || character >= Characters.invalid {
      return (Characters.invalid, 1)
    }
    return (character, length)
  }
}
