/// A duplicate to report: which rule says it of which holder of which group.
public struct DuplicateFinding: Sendable {
  /// The rule's index.
  public var rule: Int
  /// The group's index.
  public var group: Int
  /// The holder's index in the group.
  public var holder: Int
}
