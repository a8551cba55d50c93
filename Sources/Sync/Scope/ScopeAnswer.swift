import Rules

/// What the scope says of an object.
public enum ScopeAnswer: Sendable, Equatable {
  /// It would be synchronized.
  case included
  /// It would not; the number is that of a reason in `SyncModel.reasons`.
  case excluded(Int)
}

/// Why objects are left out.
public struct ScopeReason: Sendable {
  /// As a phrase.
  public var phrase: String
  /// The clause as the pack has it, when an expression decided.
  public var clause: String?
}

/// The class of an object and what the scope says of it.
public struct Judgement: Sendable {
  /// The class.
  public var objectClass: ObjectClass
  /// The scope's word.
  public var scope: ScopeAnswer
  /// Whether it is a linked mailbox, whose scope depends on the other sources.
  public var isLinkedMailbox = false
}
