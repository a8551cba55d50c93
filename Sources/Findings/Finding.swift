import Bytes

/// One thing that a rule has to say about one value, attribute or object.
///
/// All data from the directory is kept as the bytes that it was; every report escapes it in its
/// own way.
public struct Finding: Sendable {
  /// Another holder of a duplicate.
  public struct Related: Sendable {
    /// Its DN.
    public var dn: [UInt8]
    /// Its source's name.
    public var source: String
    /// The attribute in which it holds the value.
    public var attribute: String
    /// The value as it is written there.
    public var value: [UInt8]
    /// Whether it is in scope.
    public var isInScope: Bool
    /// What is to become of its value; nil where the rule knows no keeper.
    public var role: HolderRole?

    /// A holder with all its parts.
    public init(dn: [UInt8], source: String, attribute: String, value: [UInt8], isInScope: Bool) {
      self.dn = dn
      self.source = source
      self.attribute = attribute
      self.value = value
      self.isInScope = isInScope
    }
  }

  /// What parts of the program say of a finding for others of them.
  public struct Annotations: Sendable {
    /// What a decisions report fills in; nil where a person must decide.
    public var decision: Decision?
    /// Of the first finding of an object: what the plan does about values that no finding of the object is
    /// about, as findings of the rules whose repairs come to it, without fingerprints.
    public var followers: [Finding] = []
    /// The object's values of attributes that reports mask.
    public var concealed: [[UInt8]] = []
    /// Whether what would be done is masked, so that no decision can be offered.
    public var isWithheld = false
    /// Of a duplicate, the DN of the object whose finding tells of all holders; nil for that finding.
    public var toldAt: [UInt8]?

    /// Nothing is said.
    public init() {}
  }

  /// The rule's stable id, `UPN006`.
  public var rule: String
  /// The rule's name, `upn-suffix-not-routable`.
  public var name: String
  /// How bad it is: what its rule says, lowered where it hits little, unless the user says.
  public var severity: Severity
  /// What would happen, where the rule says.
  public var consequence: Consequence?
  /// What it has in common with other findings of its rule.
  public var cause: Cause?
  /// Where it stands in what has been decided before.
  public var status = FindingStatus.new
  /// IdFix's word for the kind of error, when there is one.
  public var category: String?
  /// The error that Entra would raise, when there is one.
  public var syncError: String?
  /// The source's name as the user gave it.
  public var source: String
  /// The first line of the object's record in the source, from 1; nil when not known.
  public var line: Int?
  /// The object's DN.
  public var dn: [UInt8]
  /// The object's GUID in Windows' spelling, lower case, when it has one.
  public var objectGUID: String?
  /// The object's class as the scope decided it.
  public var objectClass: String
  /// Whether its account is enabled; what has no flags is.
  public var isEnabled = true
  /// Whether it has a mailbox.
  public var hasMailbox = false
  /// The two levels of the DN below its domain that the object lies in, "OU=Berlin,OU=Staff"; empty
  /// where there are none.
  public var unit: [UInt8] = []
  /// The object's `cn`, else its leftmost RDN value.
  public var commonName: [UInt8]
  /// The attribute; nil when the finding is about the object.
  public var attribute: String?
  /// The value as it is; nil when the attribute is absent.
  public var value: [UInt8]?
  /// What is wrong, as a sentence. May contain bytes of the directory.
  public var message: String
  /// Which character, where: each a short phrase.
  public var evidence: [String]
  /// What the cloud would do, as a sentence.
  public var cloud: String?
  /// What is to become of the value of a duplicate here; nil where the rule knows no keeper.
  public var role: HolderRole?
  /// Every other holder of a duplicate; at most `maximumRelated` are listed.
  public var related: [Related]
  /// How many holders there are beyond those in `related`.
  public var relatedOmitted: Int
  /// What would be done about its value.
  public var proposal: Proposal?
  /// What is said of it beside what the rule says.
  public var annotations = Annotations()
  /// Names the finding from run to run: 32 hex digits.
  public var fingerprint: String
  /// Names the value, whichever rules find fault with it: 32 hex digits.
  public var valueKey: String
  /// Names what the holders of a duplicate have in common: 32 hex digits.
  public var groupKey: String?

  /// What it counts as; a rule of one's own need not say what would happen.
  public var weight: Consequence { consequence ?? .risk }

  /// How many holders of a duplicate one finding lists.
  public static let maximumRelated = 50

  /// A finding with what every finding has; the rest is set afterwards.
  public init(
    rule: String, name: String, severity: Severity, source: String, dn: [UInt8],
    objectClass: String, message: String
  ) {
    self.rule = rule
    self.name = name
    self.severity = severity
    self.source = source
    self.dn = dn
    self.objectClass = objectClass
    self.message = message
    commonName = []
    evidence = []
    related = []
    relatedOmitted = 0
    fingerprint = ""
    valueKey = ""
  }
}
