import Checks
import Directory

/// An object of which a plan changes something. Plans that are tried share those that they agree about.
final class PlannedObject: Sendable {
  /// The object's position.
  let position: Int
  /// The values before and after.
  let original: ObjectState
  let state: ObjectState
  /// `state` with the values in the order that comes of deleting and adding some, because a rule may
  /// look at which is the first.
  let settled: ObjectState
  /// The steps from one to the other.
  let steps: [ObjectRepair.Step]
  /// Values that no two objects should hold and that it gives up in the last steps.
  let lost: Set<KeptHash>
  /// Whether an Exchange address policy may write the old addresses back.
  let isUnderAddressPolicy: Bool
  /// Whether the user has ordered what is done, or a part of it.
  var isOrdered: Bool { steps.contains(where: \.isOrdered) }

  init(
    position: Int, original: ObjectState, state: ObjectState, steps: [ObjectRepair.Step],
    lost: Set<KeptHash>, isUnderAddressPolicy: Bool
  ) {
    self.position = position
    self.original = original
    self.state = state
    self.steps = steps
    self.lost = lost
    self.isUnderAddressPolicy = isUnderAddressPolicy
    settled = Self.settled(original, state)
  }

  private static func settled(_ original: ObjectState, _ state: ObjectState) -> ObjectState {
    var settled = state
    for attribute in state.attributes(changedFrom: original) {
      let (old, new) = (original.list(attribute), state.list(attribute))
      // What comes or goes as a whole has no other order.
      guard old != new, !old.isEmpty, !new.isEmpty else { continue }
      let difference = Modification.difference("", from: old, to: new)
      settled.set(
        attribute,
        difference.reduce(old) { list, modification in
          (try? modification.applied(to: list, as: .inPlace)) ?? list
        })
    }
    return settled
  }

  /// The object with what is changed of it after that.
  func adding(_ next: PlannedObject) -> PlannedObject {
    PlannedObject(
      position: position, original: original, state: next.state, steps: steps + next.steps,
      lost: next.lost, isUnderAddressPolicy: isUnderAddressPolicy)
  }
}
