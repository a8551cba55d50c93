import Directory

/// What the user said about the tenant and its Connect.
public struct TenantSettings: Sendable {
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

  /// The tenant's verified domains, as `TenantDomain` names them; empty when none were given.
  public var verifiedDomains: Set<String> = []
  /// The tenant's initial domain, `contoso.onmicrosoft.com`, in small letters.
  public var initialDomain: String?
  /// The attribute that feeds the cloud UPN instead of userPrincipalName.
  public var loginAttribute: String?
  /// The top-level domains that count as delegated; `--tld-file` adds to the shipped ones.
  public var topLevelDomains = TopLevelDomains.shipped
  /// How objects of several forests are joined.
  public var join = Join.sid

  /// Settings that say nothing.
  public init() {}
}
