/// What a run found, known after its findings.
public struct RunSummary: Sendable {
  /// How many objects were left out for one reason.
  public struct SkipCount: Sendable {
    /// The reason, as a phrase.
    public var reason: String
    /// How many objects.
    public var count: Int

    /// A count with all its parts.
    public init(reason: String, count: Int) {
      self.reason = reason
      self.count = count
    }
  }

  /// An object that was left out, for `--list-skipped`.
  public struct SkippedObject: Sendable {
    /// The source's name.
    public var source: String
    /// Its line in the source.
    public var line: Int?
    /// Its DN.
    public var dn: [UInt8]
    /// The reason, as a phrase.
    public var reason: String
    /// The clause of the scope that excluded it, when an expression did.
    public var clause: String?

    /// A skipped object with all its parts.
    public init(source: String, line: Int?, dn: [UInt8], reason: String, clause: String?) {
      self.source = source
      self.line = line
      self.dn = dn
      self.reason = reason
      self.clause = clause
    }
  }

  /// Entries read.
  public var entries = 0
  /// Objects linted, by class, most first.
  public var examined: [SkipCount] = []
  /// Objects left out, by reason, most first.
  public var skipped: [SkipCount] = []
  /// The objects left out, when they were asked for.
  public var skippedObjects: [SkippedObject] = []
  /// Findings by severity: info, warning, error.
  public var bySeverity: [Int] = [0, 0, 0]
  /// Those of them that are known or may stay, likewise.
  public var settledBySeverity: [Int] = [0, 0, 0]
  /// Findings that are not bad enough to be shown.
  public var filtered = 0
  /// Findings by rule, most first.
  public var byRule: [RuleCount] = []
  /// What would happen, worst first; only what findings say.
  public var byConsequence: [ConsequenceCount] = []
  /// What makes the findings, worst consequence first, then most first; empty where it was not asked for.
  public var causes: [CauseCount] = []
  /// The groups that were asked for, worst first.
  public var groups: [GroupCount] = []
  /// How many groups there are beyond those in `groups`.
  public var groupsOmitted = 0
  /// The objects that something was found of.
  public var whom = Whom()
  /// The domains of names and addresses, most used first; empty where they were not asked for.
  public var domains: [DomainCount] = []
  /// Whether repairs were looked for; without, nothing is known of what could be repaired.
  public var proposesRepairs = true
  /// Findings that nothing but a person can do anything about, but for those of keepers.
  public var leftToPeople = 0
  /// Findings with a safe repair.
  public var safelyFixable = 0
  /// Findings with an unsafe repair only.
  public var unsafelyFixable = 0
  /// Rules that ran.
  public var rules = 0
  /// What went wrong, in the order of the sources and lines.
  public var problems: [Problem] = []
  /// Whether everything asked for was seen.
  public var isComplete: Bool { !problems.contains(where: \.makesIncomplete) }
  /// Findings in all.
  public var findings: Int { bySeverity.reduce(0, +) }

  /// How many findings are at least as bad as `severity` and neither known nor excepted.
  public func count(atLeast severity: Severity) -> Int {
    let first = Int(severity.rawValue)
    return bySeverity[first...].reduce(0, +) - settledBySeverity[first...].reduce(0, +)
  }

  /// A summary of nothing.
  public init() {}
}
