/// What an expression may refer to besides the entry.
public struct ExpressionOptions: Sendable {
  /// The values of `%Name%`, by name without the signs. `Domain.FQDN` and `Domain.LDAP` come from
  /// the entry's DN unless they are given here.
  public var parameters: [String: String]
  /// What `Now()` gives: ticks of 100 ns since 1601-01-01 UTC (a FILETIME).
  public var now: Int64
  /// The rule in which the expression stands, for messages; nil when there is none.
  public var rule: String?
  /// What `[userPrincipalName]` reads; nil for the attribute of that name.
  public var loginAttribute: String?

  /// Options.
  public init(parameters: [String: String] = [:], now: Int64 = 0, rule: String? = nil) {
    self.parameters = parameters
    self.now = now
    self.rule = rule
  }
}
