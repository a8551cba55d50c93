import Bytes
import Checks
import Findings
import LDIF
import Rules

/// One source of a run: LDIF bytes with a name and the forest that they belong to.
public struct LintSource: Sendable {
  /// The name as the user gave it, for reports.
  public var name: String
  /// The forest; sources of one forest have the same.
  public var forest: String
  /// The bytes.
  public var input: LDIFInput
  /// The kind of directory, when it is known without looking.
  public var kind: DirectoryKind?
  /// The attributes that were asked of a server: their absence means absence. Nil for an export
  /// of unknown making, where only what some object has can be said to be there.
  public var requestedAttributes: [String]?
  /// Attributes that the server has and would not show, because it is a Global Catalog: rules on
  /// them cannot be judged.
  public var notInGlobalCatalog: [String] = []
  /// What is known to be wrong with the source before it is read.
  public var problems: [Problem] = []
  /// How far the source has come, when it is still being written while it is checked.
  public var arrival: SourceArrival?

  /// The source when all of it has come, and nothing is waited for any more.
  var whole: LintSource {
    var source = self
    source.arrival = nil
    return source
  }

  /// A source of which nothing more is known.
  public init(name: String, forest: String, input: LDIFInput) {
    self.name = name
    self.forest = forest
    self.input = input
  }
}

/// What the user wants of a run beside its rules.
public struct LintOptions: Sendable {
  /// Worker threads, at least one.
  public var threads = 1
  /// Only entries at or below one of these (all when empty), as DNs.
  public var bases: [String] = []
  /// No entries at or below these.
  public var excludedBases: [String] = []
  /// Whether the objects left out are to be named.
  public var listsSkipped = false
  /// Who keeps a value that several objects hold.
  public var keeper = KeeperPolicy()
  /// Where the run counts its findings, for somebody who watches.
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

  /// One thread, everything read.
  public init() {}
}
