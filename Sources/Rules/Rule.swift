import Findings

/// Which objects a rule looks at, by what the scope says of them.
public enum RuleScope: String, CaseIterable, Sendable { case included, excluded, any }

/// The kind of a source: an Active Directory or another LDAP directory.
public enum DirectoryKind: String, CaseIterable, Sendable { case ad, ldap }

/// The part of a value that a check looks at (`part:`).
///
/// `raw` is the value with the white space at its ends that Entra Connect takes off.
public enum ValuePart: String, CaseIterable, Sendable { case value, address, local, domain, raw }

/// A severity that a rule has where it hits less.
public struct LoweredSeverity: Sendable {
  /// It applies where this is True.
  public var when: ExpressionSource
  /// The severity there; below the rule's own.
  public var severity: Severity
}

/// What makes findings of a rule one cause, and what is then said of all of them.
public struct CauseSpec: Sendable {
  /// What they have in common.
  public var kind: CauseKind
  /// The sentence; `{count}` is how many there are.
  public var text: Template
}

/// What the cloud does with some of the objects that a rule finds fault with.
public struct CloudSentence: Sendable {
  /// The classes that it is about.
  public var objects = ObjectClassSet.any
  /// It holds where this is True; nil means everywhere.
  public var when: ExpressionSource?
  /// The sentence.
  public var text: Template
}

/// The id of another rule, and where it stands.
public struct RuleReference: Sendable {
  /// The id.
  public var id: String
  /// Where.
  public var place: SourcePlace
}

/// A rule as a run uses it; documentation and examples stay in their nodes (`RuleDocument`).
public struct Rule: Sendable {
  /// The stable id, `UPN006`; unique over all packs.
  public var id: String
  /// The name, `upn-suffix-not-routable`; also the file's name.
  public var name: String
  /// How bad a finding is, unless `lowered` says otherwise; after overrides.
  public var severity: Severity
  /// What would happen; a pack of one's own need not say.
  public var consequence: Consequence?
  /// Why the severity is none of the consequence's.
  public var because: String?
  /// Where it is less bad: the first whose condition holds. An override leaves none.
  public var lowered: [LoweredSeverity] = []
  /// Whether the user has set the severity, whatever the object.
  public var hasSetSeverity = false
  /// Rules that say all there is to say of a value: where one of them fires, this one is silent.
  public var after: [RuleReference] = []
  /// Whether it judges values as Entra Connect's default rules trim them; as its pack says.
  public var isTrimmed = false
  /// What makes its findings one cause.
  public var cause: CauseSpec?
  /// IdFix's word for the kind of error.
  public var category: String?
  /// The error that Entra or Connect would raise.
  public var syncError: String?
  /// What is wrong, as a sentence without placeholders.
  public var summary: String
  /// The classes of objects it looks at.
  public var objects: ObjectClassSet
  /// The attributes it looks at as the rule spells them; `["dn"]` for the name itself.
  public var attributes: [String]
  /// Lower-case address types; empty means all.
  public var types: [String]
  /// Lower-case address types that are passed over.
  public var exceptTypes: [String]
  /// The part of a value that the check looks at.
  public var part: ValuePart
  /// Which objects it looks at, by what the scope says of them.
  public var scope: RuleScope
  /// The only kind of source it looks at, or nil for both.
  public var directory: DirectoryKind?
  /// The rule applies where this is True; nil means everywhere.
  public var when: ExpressionSource?
  /// Further attributes whose absence from a source makes the rule "not checked" there.
  public var needs: [String]
  /// What the cloud does with such an object: the first sentence that is about it. Empty where
  /// nothing is known.
  public var cloud: [CloudSentence]
  /// What it checks.
  package var check: any CheckSpec
  /// What is wrong with the value at hand.
  public var message: Template
  /// What could be done, tried in this order.
  public var repairs: [RepairSpec]
  /// The pack it came from.
  public var pack: String
  /// The id and the pack, for messages about the rule itself.
  package var nameWithPack: String { "\(id) (pack \(pack))" }
  /// Where it begins.
  public var place: SourcePlace

  /// A rule with all its parts.
  package init(
    id: String, name: String, severity: Severity, category: String?, syncError: String?,
    summary: String, objects: ObjectClassSet, attributes: [String], types: [String],
    exceptTypes: [String], part: ValuePart, scope: RuleScope, directory: DirectoryKind?,
    when: ExpressionSource?, needs: [String], cloud: [CloudSentence], check: any CheckSpec,
    message: Template, repairs: [RepairSpec], pack: String, place: SourcePlace
  ) {
    self.id = id
    self.name = name
    self.severity = severity
    self.category = category
    self.syncError = syncError
    self.summary = summary
    self.objects = objects
    self.attributes = attributes
    self.types = types
    self.exceptTypes = exceptTypes
    self.part = part
    self.scope = scope
    self.directory = directory
    self.when = when
    self.needs = needs
    self.cloud = cloud
    self.check = check
    self.message = message
    self.repairs = repairs
    self.pack = pack
    self.place = place
  }
}
