public import Directory
public import Findings

/// What a scan read, and what it could not.
public struct LDAPScanResult: Sendable {
  /// What the server is.
  public var server: ServerDescription
  /// The bases that were read.
  public var bases: [String] = []
  /// The filter in use.
  public var filter = ""
  /// The attributes that were asked for.
  public var requestedAttributes: [String] = []
  /// Attributes that the server's schema does not have: no object can have a value. A note.
  public var missingAttributes: [String] = []
  /// Attributes that the Global Catalog does not hold: rules on them cannot be judged.
  public var notInGlobalCatalog: [String] = []
  /// How many objects were written.
  public var entries = 0
  /// How many bytes were written, head and tail included.
  public var bytes = 0
  /// How many pages were read.
  public var pages = 0
  /// References to other servers, each once.
  public var references: [SearchReference] = []
  /// What went wrong, in order. `.incomplete` and `.unreadable` ones make the result incomplete.
  public var problems: [Problem] = []
  /// Whether it was cancelled.
  public var isCancelled = false

  /// Whether everything that was asked for was read.
  public var isComplete: Bool { !isCancelled && !problems.contains(where: \.makesIncomplete) }
}
