import Checks

/// An object of which a plan changes something.
struct PlannedObject: Sendable {
  /// The object's position.
  var position: Int
  /// The values before and after.
  var original: ObjectState
  var state: ObjectState
  /// The steps from one to the other.
  var steps: [ObjectRepair.Step]
  /// Values that no two objects should hold and that it gives up.
  var lost: Set<ObjectRepair.UniqueValue>
  /// Whether an Exchange address policy may write the old addresses back.
  var isUnderAddressPolicy: Bool
}
