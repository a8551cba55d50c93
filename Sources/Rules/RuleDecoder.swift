import Bytes
import Findings
import RuleNodes

/// Turns the node of a rule file into a `Rule` (docs/rule-format.md, "A rule").
struct RuleDecoder {
  /// The keys of a rule, in the order in which they stand.
  static let keys = [
    "id", "name", "severity", "consequence", "because", "lowered", "category", "sync-error",
    "summary", "why", "objects", "attribute", "types", "except-types", "part", "scope",
    "directory", "when", "needs", "after", "cloud", "check", "message", "cause", "fix",
    "references", "examples",
  ]
  /// Keys that every rule has.
  static let required = [
    "id", "name", "severity", "summary", "objects", "attribute", "check", "message",
  ]
  /// Keys that every rule has and the archives of a run lack.
  static let requiredDocumentation = ["why", "examples"]
  /// IdFix's words for kinds of errors.
  static let categories = [
    "Character", "Format", "TopLevelDomain", "DomainPart", "LocalPart", "Length", "Duplicate",
    "Blank", "MailMatch",
  ]
  /// The classes of objects that rules and scopes name.
  static let classes: [ObjectClass] = [
    .user, .inetOrgPerson, .contact, .group, .computer, .foreignSecurityPrincipal,
  ]

  /// What was read and what was wrong.
  var reader: NodeReader
  private let pack: String
  private let fileName: String
  private let isStripped: Bool

  /// A decoder for the file called `fileName` (without `.yaml`) of `pack`; `file` is its path for
  /// errors. A stripped rule is one without its documentation.
  init(file: String, fileName: String, pack: String, isStripped: Bool) {
    reader = NodeReader(file: file)
    self.fileName = fileName
    self.pack = pack
    self.isStripped = isStripped
  }

  /// Notes what contradicts itself in the rule at `node`, or its file's name.
  private mutating func noteContradictions(_ draft: Draft, _ node: Node) {
    if let name = draft.name, let node = node["name"], name != fileName {
      reader.note(node, "the name \"\(name)\" differs from the file's, \"\(fileName).yaml\"")
    }
    if !draft.types.isEmpty, !draft.exceptTypes.isEmpty, let node = node["except-types"] {
      reader.note(node, "\"types\" and \"except-types\" exclude each other; keep one")
    }
  }

  /// The rule, or nil when `reader.errors` says why not.
  mutating func rule(_ node: Node) -> Rule? {
    guard let members = reader.members(node, "a rule", known: Self.keys) else { return nil }
    let required = Self.required + (isStripped ? [] : Self.requiredDocumentation)
    reader.require(required, in: members, of: node, "the rule")
    var draft = Draft()
    for member in members { read(member, into: &draft) }
    noteContradictions(draft, node)
    if let check = draft.check {
      checkRepairs(draft, check)
      draft.available = Template.Placeholder.available(
        check: check, part: draft.part, attributes: draft.attributes + draft.needs,
        hasTypes: !draft.types.isEmpty || !draft.exceptTypes.isEmpty)
    }
    let cloud = draft.cloud.map { sentences($0, draft) } ?? []
    let message = draft.message.map { template($0, "message", draft) }
    let repairs = draft.repairs.map { repair in
      RepairSpec(
        kind: repair.kind, isSafe: repair.isSafe,
        reason: repair.reason.map { template($0, "reason", draft) } ?? Template(pieces: []))
    }
    if draft.consequence != nil || draft.because != nil || !draft.lowered.isEmpty {
      weigh(draft, node)
    }
    guard reader.errors.isEmpty, let check = draft.check, let message else { return nil }
    var rule = Rule(
      id: draft.id ?? "", name: draft.name ?? "", severity: draft.severity,
      category: draft.category, syncError: draft.syncError, summary: draft.summary,
      objects: draft.objects, attributes: draft.attributes, types: draft.types,
      exceptTypes: draft.exceptTypes, part: draft.part, scope: draft.scope,
      directory: draft.directory, when: draft.when, needs: draft.needs, cloud: cloud,
      check: check, message: message, repairs: repairs, pack: pack, place: reader.place(node))
    rule.consequence = draft.consequence
    rule.because = draft.because
    rule.lowered = draft.lowered
    rule.after = draft.after
    rule.cause = draft.cause
    return rule
  }

  private mutating func read(_ member: Node.Member, into draft: inout Draft) {
    let node = member.value
    switch member.key {
    case "id": draft.id = id(node)
    case "name": draft.name = name(node)
    case "severity": draft.severity = severity(node) ?? draft.severity
    case "category": draft.category = reader.choice(node, "category", Self.categories)
    case "sync-error": draft.syncError = reader.line(node, "sync-error")
    case "summary": draft.summary = reader.line(node, "summary") ?? ""
    case "objects": draft.objects = objects(node)
    case "attribute": draft.attributes = attribute(node)
    case "types": draft.types = reader.addressTypes(node, "types")
    case "except-types": draft.exceptTypes = reader.addressTypes(node, member.key)
    case "part": draft.part = value(node, "part") ?? .value
    case "scope": draft.scope = value(node, "scope") ?? .included
    case "directory": draft.directory = value(node, "directory")
    case "when": draft.when = reader.expression(node, "when")
    case "needs": draft.needs = reader.attributes(node, "needs") ?? []
    case "cloud": draft.cloud = node
    case "check": draft.check = CheckKind.read(node, &reader)
    case "message": if reader.line(node, "message") != nil { draft.message = node }
    case "fix": draft.repairs = repairs(node)
    case "consequence": draft.consequence = value(node, member.key)
    case "because": draft.because = reader.line(node, member.key)
    case "lowered": draft.lowered = lowered(node)
    case "after": draft.after = after(node)
    case "cause": draft.cause = cause(node)
    default: break  // Documentation, which RuleDocument reads.
    }
  }
}

/// What has been read of a rule; texts with placeholders wait until the check is known.
struct Draft {
  var id: String?
  var name: String?
  var severity = Severity.error
  var consequence: Consequence?
  var because: String?
  var lowered: [LoweredSeverity] = []
  var after: [RuleReference] = []
  var cause: CauseSpec?
  var category: String?
  var syncError: String?
  var summary = ""
  var objects: ObjectClassSet = []
  var attributes: [String] = []
  var types: [String] = []
  var exceptTypes: [String] = []
  var part = ValuePart.value
  var scope = RuleScope.included
  var directory: DirectoryKind?
  var when: ExpressionSource?
  var needs: [String] = []
  var cloud: Node?
  var check: (any CheckSpec)?
  var message: Node?
  var repairs: [RepairDraft] = []
  var available: Set<Template.Placeholder> = []
}

extension RuleDecoder {
  private mutating func id(_ node: Node) -> String? {
    guard let id = reader.text(node, "id") else { return nil }
    guard Words.isRuleID(id) else {
      reader.note(node, "the id \"\(id)\" must be three to five capitals and three digits")
      return nil
    }
    return id
  }

  private mutating func name(_ node: Node) -> String? {
    guard let name = reader.text(node, "name") else { return nil }
    guard Words.isKebabCase(name) else {
      reader.note(node, "the name \"\(name)\" must be small letters and digits, words-like-this")
      return nil
    }
    return name
  }

  mutating func severity(_ node: Node) -> Severity? {
    let names = Severity.allCases.reversed().map(\.name)
    return reader.choice(node, "severity", names).flatMap { Severity(name: $0) }
  }

  mutating func objects(_ node: Node) -> ObjectClassSet {
    guard let items = reader.items(node, "objects") else { return [] }
    let names = Self.classes.map(\.name) + ["any"]
    var objects: ObjectClassSet = []
    for item in items {
      guard let name = reader.choice(item, "objects", names) else { continue }
      if let member = Self.classes.first(where: { $0.name == name }) {
        if objects.contains(member) { reader.note(item, "\"\(name)\" stands twice in \"objects\"") }
        objects.insert(ObjectClassSet(member))
      } else if items.count > 1 {
        reader.note(item, "\"any\" stands alone in \"objects\"")
      } else {
        objects = .any
      }
    }
    return objects
  }

  private mutating func attribute(_ node: Node) -> [String] {
    guard case .sequence(let items) = node.content else {
      return reader.attribute(node, "attribute").map { [$0] } ?? []
    }
    let names = reader.attributes(node, "attribute") ?? []
    if items.count > 1, names.contains("dn") {
      reader.note(node, "\"dn\" stands alone as \"attribute\"")
    }
    return names
  }

  mutating func value<Value: RawRepresentable & CaseIterable>(
    _ node: Node, _ key: String
  ) -> Value? where Value.RawValue == String {
    let choice = reader.choice(node, key, Value.allCases.map(\.rawValue))
    return choice.flatMap(Value.init(rawValue:))
  }

  /// Splits a text and refuses placeholders that findings of the rule could not fill.
  mutating func template(_ node: Node, _ key: String, _ draft: Draft) -> Template {
    let text = node.text ?? ""
    let (template, unknown) = Template.split(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    for word in unknown {
      let known = Template.Placeholder.allCases.map(\.rawValue)
      let hint = NearestName.of(word, in: known).map { "; did you mean {\($0)}?" } ?? ""
      reader.note(node, "unknown placeholder {\(word)} in \"\(key)\"\(hint)")
    }
    // Without a check or attribute, which is an error of its own, nothing can be said.
    guard let check = draft.check, !draft.attributes.isEmpty else { return template }
    for placeholder in template.placeholders where !draft.available.contains(placeholder) {
      let message = "{\(placeholder.rawValue)} in \"\(key)\" never has a value: "
      reader.note(node, message + Self.reason(placeholder, check))
    }
    return template
  }

  private static func reason(_ placeholder: Template.Placeholder, _ check: any CheckSpec) -> String
  {
    switch placeholder {
    case .predictedUPN:
      "neither \"attribute\" nor \"needs\" has userPrincipalName, sAMAccountName or mailNickname"
    default: "the check \"\(check.kind.name)\" does not know it"
    }
  }
}
