/// Objects that something was found of.
public struct Whom: Sendable, Equatable {
  /// How many.
  public var objects = 0
  /// How many of each class, by the class's name.
  public var classes: [String: Int] = [:]
  /// How many of them are accounts, users that is, that are disabled.
  public var disabled = 0
  /// How many of them have a mailbox.
  public var mailboxes = 0

  /// Nobody.
  public init() {}

  /// Counts the object that `finding` is about.
  mutating func add(_ finding: Finding) {
    objects += 1
    classes[finding.objectClass, default: 0] += 1
    if !finding.isEnabled { disabled += 1 }
    if finding.hasMailbox { mailboxes += 1 }
  }

  /// Counts what `other` has counted.
  mutating func add(_ other: Whom) {
    objects += other.objects
    classes.merge(other.classes) { $0 + $1 }
    disabled += other.disabled
    mailboxes += other.mailboxes
  }
}

/// How often a rule fired.
public struct RuleCount: Sendable {
  /// The rule's id.
  public var rule: String
  /// The rule's name.
  public var name: String
  /// The severity of its worst finding.
  public var severity: Severity
  /// What its worst finding would lead to.
  public var consequence: Consequence
  /// How many findings it made.
  public var count: Int
  /// How many objects they are about.
  public var objects: Int

  /// A count with all its parts.
  public init(
    rule: String, name: String, severity: Severity, consequence: Consequence, count: Int,
    objects: Int
  ) {
    self.rule = rule
    self.name = name
    self.severity = severity
    self.consequence = consequence
    self.count = count
    self.objects = objects
  }
}

/// What would happen, to whom, and which rules say so.
public struct ConsequenceCount: Sendable {
  /// What would happen.
  public var consequence: Consequence
  /// To whom.
  public var whom: Whom
  /// How many findings say so.
  public var findings: Int
  /// By rule, most first.
  public var rules: [(rule: String, count: Int)]

  /// A count with all its parts.
  public init(
    consequence: Consequence, whom: Whom, findings: Int, rules: [(rule: String, count: Int)]
  ) {
    self.consequence = consequence
    self.whom = whom
    self.findings = findings
    self.rules = rules
  }
}

/// What many findings of a rule have in common, and how many they are.
public struct CauseCount: Sendable {
  /// The rule's id.
  public var rule: String
  /// The attribute of the first of them; nil when it is about the object.
  public var attribute: String?
  /// The severity of the worst.
  public var severity: Severity
  /// What the worst leads to.
  public var consequence: Consequence
  /// What they have in common. All groups of holders that a rule finds are one cause, whose value is
  /// empty.
  public var cause: Cause
  /// How many findings.
  public var findings: Int
  /// How many groups of holders, where the cause is one of groups.
  public var groups: Int
  /// How many of them have a safe repair, how many an unsafe one.
  public var safelyFixable: Int, unsafelyFixable: Int
  /// The first of them, at most as many as were asked for.
  public var examples: [Finding]
  /// The rule's sentence about all of them.
  public var sentence = ""
  /// Whether the cause is a domain that the tenant could verify and, as far as is known, has not.
  public var isDomainRoutable = false

  /// A cause of which nothing has been counted, whose first finding is about `attribute`.
  public init(rule: String, cause: Cause, attribute: String?) {
    self.rule = rule
    self.cause = cause
    self.attribute = attribute
    severity = .info
    consequence = .tidy
    findings = 0
    groups = 0
    safelyFixable = 0
    unsafelyFixable = 0
    examples = []
  }
}

/// Findings that belong together by what was asked for: a rule, an object, an OU and so on.
public struct GroupCount: Sendable {
  /// What they have in common, as bytes of the directory.
  public var key: [UInt8]
  /// To whom.
  public var whom: Whom
  /// Findings by severity: info, warning, error.
  public var bySeverity: [Int]
  /// What the worst leads to.
  public var consequence: Consequence
  /// The first of them, at most as many as were asked for.
  public var examples: [Finding]
  /// Findings in all.
  public var findings: Int { bySeverity.reduce(0, +) }

  /// A group of which nothing has been counted.
  public init(key: [UInt8]) {
    self.key = key
    whom = Whom()
    bySeverity = Severity.allCases.map { _ in 0 }
    consequence = .tidy
    examples = []
  }
}

/// How a domain is used, by all objects that were examined.
public struct DomainCount: Sendable {
  /// The domain, in small letters.
  public var domain: String
  /// Sign-in names, primary SMTP addresses and other SMTP addresses in it.
  public var signInNames = 0, primaries = 0, aliases = 0
  /// Whether it can be reached from everywhere, as its last label says.
  public var isRoutable = false
  /// Whether the tenant has verified it; nil where no verified domain was named.
  public var isVerified: Bool?
  /// Whether it is registered as a UPN suffix, or a domain of the forest; nil where the sources do not
  /// tell.
  public var isRegistered: Bool?

  /// A domain that nobody uses.
  public init(domain: String) { self.domain = domain }

  /// How many names and addresses.
  public var uses: Int { signInNames + primaries + aliases }
}
