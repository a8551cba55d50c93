/// SplitMix64: the same numbers for the same seed, everywhere.
struct Randomness {
  private var state: UInt64

  init(seed: Int) {
    state = UInt64(truncatingIfNeeded: seed) &* 0xD134_2543_DE82_EF95
    // Neighbouring seeds must not begin at neighbouring places of one sequence.
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func number(_ range: Range<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// True in `percent` of 100 cases.
  mutating func happens(_ percent: Int) -> Bool { number(0..<100) < percent }

  mutating func one(_ list: [String]) -> String { list[number(0..<list.count)] }

  /// As many of `list` as `counts` allows, each at most once.
  mutating func some(_ list: [String], _ counts: Range<Int>) -> [String] {
    let count = number(counts)
    return Array(shuffled(list).prefix(count))
  }

  mutating func shuffled<Element>(_ list: [Element]) -> [Element] {
    var result = list
    for index in result.indices.dropFirst() { result.swapAt(index, number(0..<index + 1)) }
    return result
  }
}
