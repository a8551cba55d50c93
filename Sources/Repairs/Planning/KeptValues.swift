import Checks
import Lint

/// Values that repairs must not free, because other repairs would then take them.
struct KeptValues: Sendable {
  /// How many of a value's holders must keep it.
  private enum Holders {
    case one, all
  }

  private var values: [ObjectRepair.UniqueValue: Holders] = [:]

  /// Whether there are none.
  var isEmpty: Bool { values.isEmpty }

  /// Adds `values`. Of one that was freed all the same, by all its holders together, no holder may
  /// be repaired.
  mutating func add(_ values: Set<ObjectRepair.UniqueValue>) {
    for value in values { self.values[value] = self.values[value] == nil ? .one : .all }
  }

  /// Whether the object at `position` must keep a value.
  func mustStay(_ key: ObjectRepair.NewKey, at position: Int, in result: LintResult) -> Bool {
    switch values[key.value] {
    case nil: return false
    case .all: return true
    case .one:
      // Where the holders cannot be read the value stays: that costs a repair and breaks nothing.
      let partition = key.hash.partition
      let holders = try? result.holders(of: [key.hash], in: partition)[key.hash]
      return !(holders ?? []).contains { $0 != position }
    }
  }
}
