/// A finding that the plan leaves alone.
public struct LeftAlone: Sendable {
  /// The rule's id and name.
  public var rule: String
  /// The object's DN.
  public var dn: [UInt8]
  /// The attribute's name.
  public var attribute: String
  /// The value.
  public var value: [UInt8]?
  /// Why, as a sentence.
  public var reason: String
}
