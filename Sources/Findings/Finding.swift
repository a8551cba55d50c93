import Bytes

/// One thing that a rule has to say about one value, attribute or object.
///
/// All data from the directory is kept as the bytes that it was; every report escapes it in its
/// own way.
public struct Finding: Sendable {
  /// What the finding proposes to do.
  public enum Action: String, Sendable {
    /// Change the value.
    case edit
    /// Remove the value.
    case remove
    /// Add a value.
    case add
    /// Leave it to a person; the reason says why.
    case none
  }

  /// A proposed repair.
  public struct Repair: Sendable {
    /// What to do.
    public var action: Action
    /// The new value for `edit` and `add`.
    public var value: [UInt8]?
    /// Whether nobody would notice losing anything (true: part of a default `fix`).
    public var isSafe: Bool
    /// Why this repair, as a sentence.
    public var reason: String
    /// The value that changes, where it is not the finding's own.
    public var target: [UInt8]?

    /// A repair with all its parts.
    public init(action: Action, value: [UInt8]?, isSafe: Bool, reason: String) {
      self.action = action
      self.value = value
      self.isSafe = isSafe
      self.reason = reason
    }
  }

  /// What a decisions report fills in for a person to look at.
  public struct Decision: Sendable {
    /// `edit` or `remove`.
    public var action: Action
    /// The new value for `edit`.
    public var value: [UInt8]?

    /// A decision with its parts.
    public init(action: Action, value: [UInt8]?) {
      self.action = action
      self.value = value
    }
  }

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

    /// A holder with all its parts.
    public init(dn: [UInt8], source: String, attribute: String, value: [UInt8], isInScope: Bool) {
      self.dn = dn
      self.source = source
      self.attribute = attribute
      self.value = value
      self.isInScope = isInScope
    }
  }

  /// The rule's stable id, `UPN006`.
  public var rule: String
  /// The rule's name, `upn-suffix-not-routable`.
  public var name: String
  /// How bad it is, after overrides.
  public var severity: Severity
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
  /// Every other holder of a duplicate; at most `maximumRelated` are listed.
  public var related: [Related]
  /// How many holders there are beyond those in `related`.
  public var relatedOmitted: Int
  /// What could be done about it.
  public var repair: Repair?
  /// What a decisions report fills in; nil where a person must decide.
  public var decision: Decision?
  /// What many findings of the rule may share, such as a domain; for the summary only.
  public var topic: String?
  /// Names the finding from run to run: 32 hex digits.
  public var fingerprint: String

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
  }
}
