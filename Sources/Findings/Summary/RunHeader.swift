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

  /// What the run was asked for, as it can be typed again.
  public var request = RunRequest()

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

/// What a run was asked for, in words of a command line.
public struct RunRequest: Sendable {
  /// The sources, quoted for a shell.
  public var sources = "SOURCE"
  /// Which objects, the rules and what is known of the tenant, quoted likewise; empty for nothing.
  public var options = ""
  /// Whether verified domains were named.
  public var namesVerifiedDomains = false

  /// Nothing was asked for.
  public init() {}
}
