import Directory

/// What has been found out of an entry for each rule, for as long as it is the same entry.
struct EntryMemo<Value> {
  private var known: [(generation: UInt64, value: Value)?] = []

  /// What is known of `entry` for rule number `number`; nil when nothing is.
  func value(_ number: Int, _ entry: Entry) -> Value? {
    guard number < known.count, let one = known[number], one.generation == entry.generation else {
      return nil
    }
    return one.value
  }

  /// Keeps `value` for rule number `number` of `count`.
  mutating func keep(_ value: Value, _ number: Int, of count: Int, _ entry: Entry) {
    if known.isEmpty { known = Array(repeating: nil, count: count) }
    known[number] = (entry.generation, value)
  }
}
