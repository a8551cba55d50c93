import Findings
import Intake
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
  /// Where in the user's own file a place of them is.
  public var places: any PlaceMap = SamePlaces()
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
