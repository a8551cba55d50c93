import Directory

/// A rule that fires on the object at hand.
public struct Hit: Sendable {
  /// The rule's index.
  public var rule: Int
  /// The attribute.
  public var attribute: AttributeID
  /// The number of the value in the attribute, or -1 when it is about no value.
  public var ordinal: Int
  /// The value that it is about.
  package var place: ValuePlace { ValuePlace(attribute: attribute, ordinal: ordinal) }

  /// What `rule` says of value `ordinal` of `attribute`.
  public init(rule: Int, attribute: AttributeID, ordinal: Int) {
    self.rule = rule
    self.attribute = attribute
    self.ordinal = ordinal
  }
}
