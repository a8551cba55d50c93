import Rules

/// The class of an object and what the scope says of it.
public struct Judgement: Sendable {
  /// The class.
  public var objectClass: ObjectClass
  /// The scope's word.
  public var scope: ScopeAnswer
  /// Whether it is a linked mailbox, whose scope depends on the other sources.
  public var isLinkedMailbox = false
}
