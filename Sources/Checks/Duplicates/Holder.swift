import Bytes
import Directory
import Rules

/// One object that holds a value which others hold as well.
public struct Holder: Sendable {
  /// The object's position in the run.
  public var position: Int
  /// The attribute in which it holds the value; the strongest, when there are several.
  public var attribute: AttributeID
  /// The number of the value in the attribute.
  public var ordinal: Int
  /// Whether the object is in scope.
  public var isInScope: Bool
  /// The number of the person that the object would be joined to, among the group's.
  public var person: Int
}

/// Objects that hold one value.
public struct HolderGroup: Sendable {
  /// The hash under which the index has the value.
  package var hash: UInt64
  /// In the order of their positions.
  public var holders: [Holder]

  /// The holder at `position`; a group may have as many holders as there are objects.
  public func holder(at position: Int) -> Holder? {
    var low = 0
    var high = holders.count
    while low < high {
      let middle = (low + high) / 2
      if holders[middle].position < position { low = middle + 1 } else { high = middle }
    }
    return low < holders.count && holders[low].position == position ? holders[low] : nil
  }
}

/// A duplicate to report: which rule says it of which holder of which group.
public struct DuplicateFinding: Sendable {
  /// The rule's index.
  public var rule: Int
  /// The group's index.
  public var group: Int
  /// The holder's index in the group.
  public var holder: Int
}

/// What is needed of an object to decide about a duplicate; read from its record.
struct Candidate {
  var position: Int
  var forest: Int
  var objectClass: ObjectClass
  var isInScope: Bool
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

/// A value by which objects are joined into one person.
struct JoinKey: Hashable {
  var kind: UInt8
  var value: [UInt8]
}
