import Rules

/// The class of an object and what the scope says of it.
public struct Judgement: Sendable {
  /// The class.
  public var objectClass: ObjectClass
  /// The scope's word.
  public var scope: ScopeAnswer
  /// Whether it is a linked mailbox, whose scope depends on the other sources.
  public var isLinkedMailbox = false
  /// Whether it is of a deleted object, which is in no scope and nobody's rival.
  public var isDeleted: Bool { scope == .excluded(SyncModel.deletedReason) }

  static let deleted = Judgement(
    objectClass: .other, scope: .excluded(SyncModel.deletedReason))
}
