/// Why objects are left out.
public struct ScopeReason: Sendable {
  /// As a phrase.
  public var phrase: String
  /// The clause as the pack has it, when an expression decided.
  public var clause: String?
}
