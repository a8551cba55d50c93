/// What makes findings of a rule one cause: the same suffix, the same domain and so on.
public enum CauseKind: String, CaseIterable, Sendable {
  case suffix, domain, character, type, group, length
}

/// What many findings have in common, such as a suffix that no tenant can verify.
public struct Cause: Sendable, Hashable {
  /// What they have in common.
  public var kind: CauseKind
  /// The suffix, domain, character, type, group or length.
  public var value: String

  /// A cause with its parts.
  public init(kind: CauseKind, value: String) {
    self.kind = kind
    self.value = value
  }
}
