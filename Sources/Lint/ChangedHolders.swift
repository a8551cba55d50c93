import Checks

/// The changed objects that hold values, by the values' kept hashes. Most values have one holder.
struct ChangedHolders: Sendable {
  private var one: [KeptHash: Int] = [:]
  /// Those of which several are holders.
  private var several: [KeptHash: [Int]] = [:]

  /// The positions of the objects that hold a value, in no order.
  func positions(_ hash: KeptHash) -> [Int] {
    several[hash] ?? one[hash].map { [$0] } ?? []
  }

  /// Whether more than one object holds a value.
  func isShared(_ hash: KeptHash) -> Bool { !several.isEmpty && several[hash] != nil }

  /// Takes note that the object at `position` holds a value.
  mutating func add(_ position: Int, _ hash: KeptHash) {
    if several[hash] != nil {
      several[hash]?.append(position)
    } else if let other = one.updateValue(position, forKey: hash) {
      one[hash] = nil
      several[hash] = [other, position]
    }
  }

  /// Takes note that the object at `position` does not hold a value any more.
  mutating func remove(_ position: Int, _ hash: KeptHash) {
    if let list = several[hash] {
      let rest = list.filter { $0 != position }
      several[hash] = rest.count > 1 ? rest : nil
      if rest.count == 1 { one[hash] = rest[0] }
    } else if one[hash] == position {
      one[hash] = nil
    }
  }

  /// Makes room for that many values.
  mutating func reserve(_ count: Int) { one.reserveCapacity(one.count + count) }
}
