import Findings

/// The class of an object as scope and rules see it, decided once from all objectClass values.
public enum ObjectClass: UInt8, CaseIterable, Sendable {
  case user, inetOrgPerson, contact, group, computer, foreignSecurityPrincipal
  /// A group or standalone managed service account; never synchronized.
  case managedServiceAccount
  /// Anything else.
  case other

  /// The name that rules use.
  public var name: String {
    switch self {
    case .user: "user"
    case .inetOrgPerson: "inetOrgPerson"
    case .contact: "contact"
    case .group: "group"
    case .computer: "computer"
    case .foreignSecurityPrincipal: "foreignSecurityPrincipal"
    case .managedServiceAccount: "managedServiceAccount"
    case .other: "other"
    }
  }
}

/// A set of object classes.
public struct ObjectClassSet: OptionSet, Sendable {
  /// One bit per `ObjectClass`.
  public let rawValue: UInt16
  /// The set with those bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// The set of one class.
  public init(_ member: ObjectClass) { rawValue = 1 << member.rawValue }
  /// Every class.
  public static let any = ObjectClassSet(rawValue: 0xFFFF)
  /// Whether `member` is in the set.
  public func contains(_ member: ObjectClass) -> Bool { contains(ObjectClassSet(member)) }
}

/// Which objects a rule looks at, by what the scope says of them.
public enum RuleScope: String, CaseIterable, Sendable { case included, excluded, any }

/// The kind of a source: an Active Directory or another LDAP directory.
public enum DirectoryKind: String, CaseIterable, Sendable { case ad, ldap }

/// The part of a value that a check looks at (`part:`).
public enum ValuePart: String, CaseIterable, Sendable { case value, address, local, domain }

/// An expression's text and where it stands, for errors.
public struct ExpressionSource: Sendable {
  /// The text.
  public var text: String
  /// The file and line it stands in.
  public var place: SourcePlace

  /// An expression at a place.
  public init(text: String, place: SourcePlace) {
    self.text = text
    self.place = place
  }
}

/// A place in a rule file.
public struct SourcePlace: Sendable, Equatable, CustomStringConvertible {
  /// The file's path, `entra-id/upn-missing.yaml`.
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1.
  public var column: Int

  /// A place with all its parts.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }
}

/// What a rule checks: the kind and its parameters (docs/rule-format.md, "Check kinds").
public enum CheckSpec: Sendable {
  /// A length in UTF-16 units or bytes.
  case length(max: Int?, min: Int?, bytes: Bool)
  /// Characters that are forbidden, or all that are allowed.
  case characters(CharacterSpec)
  /// Texts that the part must not begin with, end with, contain or match.
  case pattern(PatternSpec)
  /// The form of an address.
  case address([AddressAspect])
  /// The domain cannot be verified by anybody.
  case routableDomain
  /// The domain is not among the tenant's.
  case verifiedDomain
  /// The domain is reserved for the service.
  case reservedDomain
  /// Another object, or the object itself, holds the same.
  case unique(UniqueIndex)
  /// The attribute is absent or blank.
  case present(absent: Bool, blank: Bool)
  /// The number of values.
  case count(max: Int?, min: Int?, primary: Bool)
  /// The number of bytes.
  case size(max: Int?, exactly: Int?)
  /// The `type:` prefix.
  case prefix(require: Bool, forbid: [String])
  /// Another attribute should be equal.
  case compare(with: String)
  /// An expression that must not be True.
  case expression(ExpressionSource)
}

/// The parameters of a `characters` check.
public struct CharacterSpec: Sendable, Equatable {
  /// A named class of characters.
  public enum Class: String, CaseIterable, Sendable {
    case letters, digits, whitespace, control, diacritics
    case otherNonASCII = "other-non-ascii"
    case nonASCII = "non-ascii"
  }

  /// Whether `characters` and `classes` are what is allowed; else they are what is forbidden.
  public var isAllowList: Bool
  /// Single characters.
  public var characters: [Unicode.Scalar]
  /// Classes.
  public var classes: [Class]

  /// A spec with all its parts.
  public init(isAllowList: Bool, characters: [Unicode.Scalar], classes: [Class]) {
    self.isAllowList = isAllowList
    self.characters = characters
    self.classes = classes
  }
}

/// The parameters of a `pattern` check.
public struct PatternSpec: Sendable, Equatable {
  /// Texts it must not begin with.
  public var forbidStart: [String] = []
  /// Texts it must not end with.
  public var forbidEnd: [String] = []
  /// Texts it must not contain.
  public var forbidInside: [String] = []
  /// A regular expression that must not match anywhere.
  public var forbidMatch: String?
  /// A regular expression that must match the whole part.
  public var requireMatch: String?

  /// A spec that forbids nothing.
  public init() {}
}

/// One demand of an `address` check, tested in this order.
public enum AddressAspect: String, CaseIterable, Sendable {
  case oneAt = "one-at"
  case localPart = "local-part"
  case domain
  case dotAtom = "dot-atom"
  case dottedDomain = "dotted-domain"
  case domainLabels = "domain-labels"
}

/// What a `unique` check compares.
public enum UniqueIndex: Sendable, Equatable {
  case addressStrong, addressWeak, contactMirror, confusable
  /// The attribute's values; without case unless `exact`.
  case value(exact: Bool)
  /// The same value twice on one object.
  case object
}

/// What a repair does (docs/rule-format.md, "Repairs").
public enum RepairKind: Sendable, Equatable {
  case trim, removeCharacters, removeWhitespace, transliterate, truncate, fixDots
  /// The domain by the user's suffix map.
  case replaceDomainFromMap
  /// The domain of the primary SMTP address.
  case replaceDomainFromPrimary
  /// The value of another attribute, or of `primary-smtp`.
  case replaceValue(from: String)
  case addPrefix(type: String)
  case demote, promote, removeValue, resolveDuplicate
  /// Left to a person.
  case leave
}

/// One entry of a rule's `fix`.
public struct RepairSpec: Sendable {
  /// What it does.
  public var kind: RepairKind
  /// Whether it is part of a default `fix`.
  public var isSafe: Bool
  /// Why, as a sentence; placeholders allowed.
  public var reason: Template

  /// A repair with all its parts.
  public init(kind: RepairKind, isSafe: Bool, reason: Template) {
    self.kind = kind
    self.isSafe = isSafe
    self.reason = reason
  }
}

/// A text with placeholders, split once when the pack is loaded.
public struct Template: Sendable {
  /// The closed list of placeholders.
  public enum Placeholder: String, CaseIterable, Sendable {
    case value, attribute, part, domain, suffix, characters, position, length, limit, count, reason
    case other, others, type, `class`, dn
    case predictedUPN = "predicted-upn"
  }

  /// A piece of the text.
  public enum Piece: Sendable {
    case text(String)
    case placeholder(Placeholder)
  }

  /// The pieces in order.
  public var pieces: [Piece]

  /// A text of those pieces.
  public init(pieces: [Piece]) { self.pieces = pieces }
}

/// A rule as a run uses it; documentation and examples stay in their nodes (`RuleDocument`).
public struct Rule: Sendable {
  public var id: String
  public var name: String
  public var severity: Severity
  public var category: String?
  public var syncError: String?
  public var summary: String
  public var objects: ObjectClassSet
  public var attributes: [String]
  /// Lower-case address types; empty means all.
  public var types: [String]
  /// Lower-case address types that are passed over.
  public var exceptTypes: [String]
  public var part: ValuePart
  public var scope: RuleScope
  /// The only kind of source it looks at, or nil for both.
  public var directory: DirectoryKind?
  public var when: ExpressionSource?
  public var needs: [String]
  public var cloud: Template?
  public var check: CheckSpec
  public var message: Template
  public var repairs: [RepairSpec]
  /// The pack it came from.
  public var pack: String
  /// Where it begins.
  public var place: SourcePlace

  /// A rule with all its parts.
  public init(
    id: String, name: String, severity: Severity, category: String?, syncError: String?,
    summary: String, objects: ObjectClassSet, attributes: [String], types: [String],
    exceptTypes: [String], part: ValuePart, scope: RuleScope, directory: DirectoryKind?,
    when: ExpressionSource?, needs: [String], cloud: Template?, check: CheckSpec,
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

/// One clause of a pack's scope.
public struct ScopeClause: Sendable {
  /// Whether objects for which it is True are left out; else objects for which it is not True are.
  public var isExclusion: Bool
  public var expression: ExpressionSource
  /// Why an object is left out by it, as a phrase.
  public var reason: String
  /// Attributes: in a source that carries none of them the clause is void.
  public var needs: [String]

  /// A clause with all its parts.
  public init(isExclusion: Bool, expression: ExpressionSource, reason: String, needs: [String]) {
    self.isExclusion = isExclusion
    self.expression = expression
    self.reason = reason
    self.needs = needs
  }
}

/// The clauses per object class for one kind of source; a class without an entry is out of scope.
public typealias ScopeTable = [ObjectClass: [ScopeClause]]

/// A pack: its rules, scope and parameters, with what it extends already merged in.
public struct Pack: Sendable {
  public var name: String
  public var title: String
  public var version: String
  public var notes: String?
  public var parameters: [String: String]
  public var scopes: [DirectoryKind: ScopeTable]
  /// Sorted by id.
  public var rules: [Rule]

  /// A pack with all its parts.
  public init(
    name: String, title: String, version: String, notes: String?, parameters: [String: String],
    scopes: [DirectoryKind: ScopeTable], rules: [Rule]
  ) {
    self.name = name
    self.title = title
    self.version = version
    self.notes = notes
    self.parameters = parameters
    self.scopes = scopes
    self.rules = rules
  }
}
