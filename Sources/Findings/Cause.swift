/// What makes findings of a rule one cause: the same suffix, the same domain and so on.
public enum CauseKind: String, CaseIterable, Sendable {
  case suffix, domain, character, type, group, length
  /// All findings of the rule are one cause.
  case rule
}

/// What many findings have in common, such as a suffix that no tenant can verify.
public struct Cause: Sendable, Hashable {
  /// What they have in common.
  public var kind: CauseKind
  /// The suffix, domain, character, type, address that is shared, or limit; empty for `rule`.
  public var value: String

  /// A cause with its parts.
  public init(kind: CauseKind, value: String) {
    self.kind = kind
    self.value = value
  }
}
