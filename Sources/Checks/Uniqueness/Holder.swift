import Directory

/// One object that holds a value which others hold as well.
public struct Holder: Sendable, Equatable {
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
