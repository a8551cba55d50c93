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
  /// An address held as UPN or smtp proxy.
  case addressStrong
  /// An address in any other conflict.
  case addressWeak
  /// A contact and a person of another forest with the same address.
  case contactMirror
  /// Equal only when case, width and diacritics are folded.
  case confusable
  /// The attribute's values; without case unless `exact`.
  case value(exact: Bool)
  /// The same value twice on one object.
  case object
}
