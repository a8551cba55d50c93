import Checks

/// Values that repairs must not free, because other repairs would then take them: no holder gives one
/// of them up, since which of several should is an accident.
struct KeptValues: Sendable {
  private var values: Set<KeptHash> = []

  /// Whether there are none.
  var isEmpty: Bool { values.isEmpty }

  /// Adds `more`. Whether anything is other than before.
  mutating func add(_ more: some Sequence<KeptHash>) -> Bool {
    let known = values.count
    values.formUnion(more)
    return values.count > known
  }

  /// Whether `value` must stay where it is.
  func contains(_ value: KeptHash) -> Bool { values.contains(value) }
}
