import Directory

/// What the user said about the tenant and the run.
public struct CheckSettings: Sendable {
  /// How objects of several forests are joined into one person (`--join`).
  public enum Join: Sendable, Equatable {
    /// By SID (Connect's default for resource forests).
    case sid
    /// By mail.
    case mail
    /// By sAMAccountName and mailNickname.
    case samNickname
    /// By the attribute of that name.
    case attribute(String)
    /// Not at all.
    case none
  }

  /// The tenant's verified domains, lower case; empty when none were given.
  public var verifiedDomains: Set<String> = []
  /// The tenant's initial domain, `contoso.onmicrosoft.com`.
  public var initialDomain: String?
  /// What `--upn-suffix` maps, lower case.
  public var suffixMap: [String: String] = [:]
  /// The attribute that feeds the cloud UPN instead of userPrincipalName.
  public var loginAttribute: String?
  /// The top-level domains that count as delegated; `--tld-file` adds to the shipped ones.
  public var topLevelDomains = TopLevelDomains.shipped
  /// `%Name%` parameters of expressions.
  public var parameters: [String: String] = [:]
  /// The time that age rules use, in 100 ns since 1601.
  public var now: Int64 = 0
  /// Whether `ö` becomes `oe` instead of `o`.
  public var transliteratesGerman = false
  /// Whether taking a UPN from the primary address was asked for, and so needs no other leave.
  public var takesUPNFromMail = false
  /// How objects of several forests are joined.
  public var join = Join.sid
  /// Whether objects out of scope are linted too.
  public var lintsAllObjects = false

  /// Settings that say nothing but the values of parameters.
  public init(parameters: [String: String] = [:]) { self.parameters = parameters }
}
