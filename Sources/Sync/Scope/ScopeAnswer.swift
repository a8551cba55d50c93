/// What the scope says of an object.
public enum ScopeAnswer: Sendable, Equatable {
  /// It would be synchronized.
  case included
  /// It would not; the number is that of a reason in `SyncModel.reasons`.
  case excluded(Int)
}
