import Checks
import Directory
import Lint

/// What several looks at the objects change of them, taken together.
struct ComposedPlan {
  private let context: RunContext
  /// By where the object was at first.
  private var objects: [Int: RepairPlanner.Change] = [:]
  /// Values that objects held at first and do not hold any more.
  private(set) var freed: [ObjectRepair.UniqueValue: Set<Int>] = [:]

  init(_ context: RunContext) { self.context = context }

  /// Adds what another look changes of the objects as they have become.
  mutating func add(_ changes: [RepairPlanner.Change]) {
    for change in changes {
      if let known = objects[change.origin] {
        objects[change.origin]?.state = change.state
        objects[change.origin]?.reasons = known.reasons + change.reasons
        objects[change.origin]?.edits = known.edits + change.edits
      } else {
        objects[change.origin] = change
      }
      for value in change.lost { freed[value, default: []].insert(change.origin) }
    }
  }

  /// What is changed of the object that was at `origin` at first, step by step; nil when nothing is.
  func change(at origin: Int) -> RepairPlanner.Change? { objects[origin] }

  /// Where the changed objects were at first.
  var origins: Set<Int> { Set(objects.keys) }

  /// What is to be changed of each object, in the order of their positions.
  var changes: [ObjectChange] {
    objects.values.sorted { $0.origin < $1.origin }.compactMap { object in
      let changes = attributes(object)
      guard !changes.isEmpty else { return nil }
      return ObjectChange(
        position: object.origin, source: context.map.locate(object.origin).source,
        dn: object.original.dn, changes: changes, reasons: object.reasons,
        isUnderAddressPolicy: object.isUnderAddressPolicy)
    }
  }

  private func attributes(_ object: RepairPlanner.Change) -> [AttributeChange] {
    let before = object.original.values
    let after = object.state.values
    return Set(before.keys).union(after.keys).sorted().compactMap { index in
      ValueDifference.change(
        attribute: context.ruleSet.table.name(AttributeID(index: UInt16(index))),
        from: before[index] ?? [], to: after[index] ?? [])
    }
  }
}
