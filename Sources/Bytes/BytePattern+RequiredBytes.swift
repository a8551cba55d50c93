extension BytePattern.Automaton {
  /// Bounds the entries of the table that are looked at.
  private static let maxSearch = 50_000_000

  /// A set of bytes, as small as it gets by leaving out classes, without which nothing matches;
  /// nil when the empty text matches, or the search would take long.
  func requiredBytes() -> Set<UInt8>? {
    guard table.count * alphabet.classCount < Self.maxSearch else { return nil }
    var bytes = [Set<UInt8>](repeating: [], count: alphabet.classCount)
    for (index, start) in alphabet.starts.enumerated() {
      let isLast = index + 1 == alphabet.starts.count
      let end = isLast ? BytePattern.Characters.invalid : alphabet.starts[index + 1] - 1
      bytes[Int(alphabet.classes[index])].formUnion(Self.firstBytes(of: start...end))
    }
    let byCost = bytes.indices.sorted { Self.cost(bytes[$0]) < Self.cost(bytes[$1]) }
    if let one = byCost.first(where: { index in !canMatch(without: { $0 == index }) }) {
      return bytes[one]
    }
    var removed = [Bool](repeating: true, count: alphabet.classCount)
    guard !canMatch(without: { removed[$0] }) else { return nil }
    for index in byCost.reversed() {
      removed[index] = false
      if canMatch(without: { removed[$0] }) { removed[index] = true }
    }
    return bytes.indices.filter { removed[$0] }.reduce(into: []) { $0.formUnion(bytes[$1]) }
  }

  /// How common the bytes are: letters and digits are in nearly every text, "@" in every address.
  private static func cost(_ bytes: Set<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1.isASCIILetter || $1.isASCIIDigit || $1 == 0x40 ? 1_000 : 1) }
  }

  /// Bytes of which each character of `range` has one, in UTF-8 its first.
  private static func firstBytes(of range: ClosedRange<UInt32>) -> ClosedRange<UInt8> {
    // A byte that is no UTF-8 may be any but ASCII.
    if range.upperBound == BytePattern.Characters.invalid {
      return min(firstByte(of: range.lowerBound), 0x80)...0xFF
    }
    return firstByte(of: range.lowerBound)...firstByte(of: range.upperBound)
  }

  private static func firstByte(of character: UInt32) -> UInt8 {
    switch character {
    case ..<0x80: UInt8(character)
    case ..<0x800: UInt8(0xC0 | character >> 6)
    case ..<0x1_0000: UInt8(0xE0 | character >> 12)
    default: UInt8(0xF0 | min(character, 0x10_FFFF) >> 18)
    }
  }

  /// Whether a text without the characters of the classes for which `isRemoved` is true can match.
  private func canMatch(without isRemoved: (Int) -> Bool) -> Bool {
    var isSeen = [Bool](repeating: false, count: table.count / stride)
    var pending = [initial]
    while let row = pending.popLast() {
      if row == Self.dead || isSeen[Int(row) / stride] { continue }
      isSeen[Int(row) / stride] = true
      if row == matched || table[Int(row) + endColumn] != Self.dead { return true }
      for index in 0..<alphabet.classCount where !isRemoved(index) {
        pending.append(table[Int(row) + Self.firstClassColumn + index])
      }
    }
    return false
  }

  /// How many steps are taken at most before every text has matched or can match no more; nil when
  /// there is no such number, or it is larger than any use.
  var decidedWithin: Int? {
    let most = 16
    var open: Set<UInt32> = [initial]
    for length in 0...most {
      open = open.filter { $0 > matched }
      if open.isEmpty { return length }
      open = open.reduce(into: []) { next, row in
        for index in 0..<alphabet.classCount {
          next.insert(table[Int(row) + Self.firstClassColumn + index])
        }
      }
    }
    return nil
  }
}
