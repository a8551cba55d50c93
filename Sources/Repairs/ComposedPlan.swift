import Checks
import Directory
import Lint

/// What several looks at the objects change of them, taken together.
struct ComposedPlan {
  private let context: RunContext
  /// By the object's position.
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

  /// What is changed of the object at position `origin`, step by step; nil when nothing is.
  func change(at origin: Int) -> RepairPlanner.Change? { objects[origin] }

  /// The positions of the changed objects.
  var origins: Set<Int> { Set(objects.keys) }

  /// What the objects of `changes` have become, by position: their values in the order that comes
  /// of deleting and adding some, because a rule may look at which is the first.
  func states(of changes: [RepairPlanner.Change]) -> [Int: ObjectState] {
    var states: [Int: ObjectState] = [:]
    for change in changes {
      guard let object = objects[change.origin] else { continue }
      var state = object.state
      for (index, values) in object.original.values {
        guard let new = state.values[index], new != values else { continue }
        let change = ValueDifference.change(attribute: "", from: values, to: new)
        state.values[index] = change?.applied(to: values) ?? values
      }
      states[change.origin] = state
    }
    return states
  }

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
