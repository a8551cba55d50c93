/// What a run is, known before its findings.
public struct RunHeader: Sendable {
  /// The version of the program.
  public var toolVersion: String
  /// The date of the top-level domain data, `2026-10-22`.
  public var ruleDataDate: String
  /// The packs in use, by name.
  public var packs: [String]
  /// The sources, in order.
  public var sources: [SourceSummary]

  /// A header with all its parts.
  public init(
    toolVersion: String, ruleDataDate: String, packs: [String], sources: [SourceSummary]
  ) {
    self.toolVersion = toolVersion
    self.ruleDataDate = ruleDataDate
    self.packs = packs
    self.sources = sources
  }
}

/// One source of a run.
public struct SourceSummary: Sendable {
  /// The name as the user gave it.
  public var name: String
  /// The forest that it belongs to.
  public var forest: String
  /// The scope that was taken, `ad` or `ldap`, and why.
  public var directory: String
  /// How many entries were read.
  public var entries: Int
  /// How many bytes were read.
  public var bytes: Int

  /// A source with all its parts.
  public init(name: String, forest: String, directory: String, entries: Int, bytes: Int) {
    self.name = name
    self.forest = forest
    self.directory = directory
    self.entries = entries
    self.bytes = bytes
  }
}

/// What a run found, known after its findings.
public struct RunSummary: Sendable {
  /// How often a rule fired.
  public struct RuleCount: Sendable {
    /// The rule's id.
    public var rule: String
    /// The rule's name.
    public var name: String
    /// The severity of its worst finding.
    public var severity: Severity
    /// How many findings it made.
    public var count: Int
    /// A value that many of them share, "corp.local (800)", when one does.
    public var mostly: String?

    /// A count with all its parts.
    public init(rule: String, name: String, severity: Severity, count: Int, mostly: String?) {
      self.rule = rule
      self.name = name
      self.severity = severity
      self.count = count
      self.mostly = mostly
    }
  }

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
