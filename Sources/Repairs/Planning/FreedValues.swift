import Checks

/// Values that repairs have freed, and which objects held them. Most were held by one.
struct FreedValues: Sendable {
  /// The position of the first object that has given a value up.
  private var first: [KeptHash: Int] = [:]
  /// Those that another object has given up as well.
  private var several: Set<KeptHash> = []

  /// Takes note that the object at `position` has given up `value`.
  mutating func add(_ value: KeptHash, of position: Int) {
    let known = first[value]
    if known == nil { first[value] = position }
    if let known, known != position { several.insert(value) }
  }

  /// Whether another object than that at `position` has given up `value`.
  func contains(_ value: KeptHash, besides position: Int) -> Bool {
    guard let first = first[value] else { return false }
    return first != position || several.contains(value)
  }
}
