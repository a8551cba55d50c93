import RuleNodes

/// The part of a rule that people and tests read: `why`, `references` and `examples`.
public struct RuleDocument: Sendable, Equatable {
  /// Prose with the facts, as it stands in the file.
  public var why: String
  /// Texts or addresses.
  public var references: [String]
  /// Objects on which the rule fires.
  public var bad: [RuleExample]
  /// Objects on which it does not.
  public var good: [RuleExample]
}

/// One example of a rule.
public struct RuleExample: Sendable, Equatable {
  /// A source of the example.
  public struct Source: Sendable, Equatable {
    /// The forest's name; nil when the example has one source.
    public var name: String?
    /// The LDIF.
    public var ldif: String
    /// Where the LDIF begins in the rule file.
    public var place: SourcePlace
  }

  /// A finding that is expected.
  public struct Expectation: Sendable, Equatable {
    /// The object's DN.
    public var dn: String
    /// The attribute; nil when the finding is about the object.
    public var attribute: String?
  }

  /// What the command line would say.
  public struct Options: Sendable, Equatable {
    /// `--verified-domain`.
    public var verifiedDomains: [String] = []
    /// `--initial-domain`.
    public var initialDomain: String?
    /// `--upn-suffix`, each `FROM=TO`.
    public var upnSuffixes: [String] = []
    /// `--login-attribute`.
    public var loginAttribute: String?
    /// `--directory`.
    public var directory: DirectoryKind?
    /// `--param`.
    public var parameters: [String: String] = [:]
    /// `--unsafe-fixes`.
    public var allowsUnsafe = false
    /// `--now`, as it would be written there.
    public var now: String?

    /// No options.
    public init() {}
  }

  /// Where the example begins in the rule file.
  public var place: SourcePlace
  /// The sources, in order; at least one.
  public var sources: [Source]
  /// Every finding in the order of the entries; empty for a good example.
  public var finds: [Expectation]
  /// What the command line would say.
  public var options: Options
  /// The LDIF after the fix, when the example says.
  public var fixed: String?
}
