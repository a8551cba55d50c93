import Checks
import Directory
import Lint

/// What several passes change of the objects, taken together.
struct ComposedPlan {
  private let context: RunContext
  /// By the object's position.
  private var objects: [Int: PlannedObject] = [:]
  /// Values that objects held at first and do not hold any more.
  private(set) var freed = FreedValues()

  /// How many steps there are.
  private(set) var steps = 0

  init(_ context: RunContext) { self.context = context }

  /// Adds what another pass changes of the objects as they have become.
  mutating func add(_ changes: [PlannedObject]) {
    for change in changes {
      steps += change.steps.count
      objects[change.position] = objects[change.position]?.adding(change) ?? change
      for value in change.lost { freed.add(value, of: change.position) }
    }
  }

  /// What is changed of the object at `position`, step by step; nil when nothing is.
  func change(at position: Int) -> PlannedObject? { objects[position] }

  /// The changed objects, in the order of their positions.
  var changes: [PlannedObject] {
    objects.values.sorted { $0.position < $1.position }
  }

  /// The steps as what may be at fault for something new, by the positions of their objects.
  var suspects: [Int: [Blame.Suspect]] {
    objects.mapValues { object in
      object.steps.map {
        Blame.Suspect(attribute: $0.edit.attribute, value: $0.edit.value, isSafe: $0.isSafe)
      }
    }
  }

  /// What the objects of `changes` have become, by position.
  func states(of changes: [PlannedObject]) -> [Int: ObjectState] {
    var states: [Int: ObjectState] = [:]
    states.reserveCapacity(changes.count)
    for change in changes { states[change.position] = objects[change.position]?.settled }
    return states
  }

  /// What is to be changed of each object, in the order of their positions.
  var edits: [ObjectEdit] {
    changes.compactMap { object in
      let modifications = modifications(object)
      guard !modifications.isEmpty else { return nil }
      return ObjectEdit(
        position: object.position, source: context.map.locate(object.position).source,
        dn: object.original.dn, modifications: modifications,
        reasons: object.steps.map(reason), lostAddresses: lostAddresses(object),
        isOrdered: object.isOrdered,
        isUnderAddressPolicy: object.isUnderAddressPolicy)
    }
  }

  private func lostAddresses(_ object: PlannedObject) -> Int {
    let proxyAddresses = context.ruleSet.sync.attributes.proxyAddresses
    return ObjectEdit.lostAddresses(
      from: object.original.list(proxyAddresses), to: object.state.list(proxyAddresses))
  }

  private func modifications(_ object: PlannedObject) -> [Modification] {
    object.state.attributes(changedFrom: object.original).flatMap { attribute in
      Modification.difference(
        context.ruleSet.table.name(attribute),
        from: object.original.list(attribute), to: object.state.list(attribute))
    }
  }

  private func reason(_ step: ObjectRepair.Step) -> ObjectEdit.Reason {
    ObjectEdit.Reason(
      rule: context.ruleSet.title(of: step.rule),
      attribute: context.ruleSet.table.name(step.edit.attribute), edit: step.edit.value,
      isSafe: step.isSafe, text: step.reason)
  }
}
