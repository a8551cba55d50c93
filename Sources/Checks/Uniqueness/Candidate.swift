import Directory
import Rules
import Sync

/// What is needed of an object to decide about a duplicate; read from its record.
struct Candidate {
  var position: Int
  var forest: Int
  var objectClass: ObjectClass
  var isInScope: Bool
  /// Whether its values count for others: those of what only a group keeps from being synchronized do, as
  /// it will come.
  var counts: Bool
  var tag: UInt64
  var text: [UInt8]
  var attribute: AttributeID
  var ordinal: Int
  var role: AddressRole
  /// Whether `text` is what the address looks like and not what it is.
  var isConfusable: Bool
  /// The address as it is, without case.
  var spelling: [UInt8]
  /// Rules that look at the object.
  var rules: [Int]
  /// Values by which it may be joined with others.
  var joinKeys: [JoinKey]
}
