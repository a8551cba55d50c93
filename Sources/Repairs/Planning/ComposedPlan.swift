import Checks
import Directory
import Lint

/// What several passes change of the objects, taken together.
struct ComposedPlan {
  private let context: RunContext
  /// By the object's position.
  private var objects: [Int: PlannedObject] = [:]
  /// Values that objects held at first and do not hold any more.
  private(set) var freed: [ObjectRepair.UniqueValue: Set<Int>] = [:]

  /// How many steps there are.
  private(set) var steps = 0

  init(_ context: RunContext) { self.context = context }

  /// Adds what another pass changes of the objects as they have become.
  mutating func add(_ changes: [PlannedObject]) {
    for change in changes {
      steps += change.steps.count
      if let known = objects[change.position] {
        objects[change.position]?.state = change.state
        objects[change.position]?.steps = known.steps + change.steps
      } else {
        objects[change.position] = change
      }
      for value in change.lost { freed[value, default: []].insert(change.position) }
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

  /// What the objects of `changes` have become, by position: their values in the order that comes
  /// of deleting and adding some, because a rule may look at which is the first.
  func states(of changes: [PlannedObject]) -> [Int: ObjectState] {
    var states: [Int: ObjectState] = [:]
    for change in changes {
      guard let object = objects[change.position] else { continue }
      var state = object.state
      for (index, values) in object.original.values {
        guard let new = state.values[index], new != values else { continue }
        let difference = Modification.difference("", from: values, to: new)
        state.values[index] = difference.reduce(values) { list, modification in
          (try? modification.applied(to: list, as: .inPlace)) ?? list
        }
      }
      states[change.position] = state
    }
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
        isOrdered: object.steps.contains(where: \.isOrdered),
        isUnderAddressPolicy: object.isUnderAddressPolicy)
    }
  }

  private func lostAddresses(_ object: PlannedObject) -> Int {
    let proxyAddresses = context.ruleSet.sync.attributes.proxyAddresses
    return ObjectEdit.lostAddresses(
      from: object.original.list(proxyAddresses), to: object.state.list(proxyAddresses))
  }

  private func modifications(_ object: PlannedObject) -> [Modification] {
    let before = object.original.values
    let after = object.state.values
    return Set(before.keys).union(after.keys).sorted().flatMap { index in
      Modification.difference(
        context.ruleSet.table.name(AttributeID(index: UInt16(index))),
        from: before[index] ?? [], to: after[index] ?? [])
    }
  }

  private func reason(_ step: ObjectRepair.Step) -> ObjectEdit.Reason {
    ObjectEdit.Reason(
      rule: context.ruleSet.title(of: step.rule),
      attribute: context.ruleSet.table.name(step.edit.attribute), edit: step.edit.value,
      isSafe: step.isSafe, text: step.reason)
  }
}
