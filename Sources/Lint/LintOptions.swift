import Checks

/// What the user wants of a run beside its rules.
public struct LintOptions: Sendable {
  /// Worker threads, at least one.
  public var threads = 1
  /// Only entries at or below one of these (all when empty), as DNs.
  public var bases: [String] = []
  /// No entries at or below these.
  public var excludedBases: [String] = []
  /// The groups whose direct members alone are synchronized; all objects when empty.
  public var syncGroups: [SyncGroup] = []
  /// What is worth knowing of what the user gave, a sentence each.
  public var notes: [String] = []
  /// Whether the objects left out are to be named.
  public var listsSkipped = false
  /// Who keeps a value that several objects hold.
  public var keeper = KeeperPolicy()
  /// Whether findings get a `valueKey` and a `groupKey`; for reports that show none it is quicker not to.
  public var namesValues = true
  /// Whether findings get a `cause` and a `topic`; for reports that show none it is quicker not to.
  public var tellsCauses = true
  /// Attributes whose values reports mask, in any spelling: findings carry an object's values of them, so
  /// that texts about its other attributes are masked as well. Those of secrets are always carried.
  public var concealed: [String] = []
  /// Whether the domains of names and addresses are counted.
  public var countsDomains = false
  /// Where the run counts its findings, for a display of its progress.
  public var tally: FindingTally?
  /// How much memory the run may take; nil for as much as it needs.
  public var memoryLimit: MemoryLimit?
  /// The room for each worker's unique values, whatever the limit: for tests.
  package var indexRoom: IndexRoom?
  /// Whether the unique values stay at hand after the run, for planning repairs.
  package var keepsIndex = false

  /// Has the run keep what planning repairs needs: which object holds which unique value.
  public mutating func keepUniqueValues() {
    keepsIndex = true
  }

  /// The attributes that a run reads besides those of its rules where it counts domains.
  public static let domainAttributes = DomainCensus.attributes

  /// One thread, everything read.
  public init() {}
}
