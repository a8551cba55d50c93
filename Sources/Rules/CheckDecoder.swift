import RuleNodes

extension CheckSpec {
  /// The kinds of checks by the names that rules use.
  static let kinds = [
    "length", "characters", "pattern", "address", "routable-domain", "verified-domain",
    "reserved-domain", "unique", "present", "count", "size", "prefix", "compare", "expression",
  ]

  /// The name that rules use for the kind.
  public var kind: String {
    switch self {
    case .length: "length"
    case .characters: "characters"
    case .pattern: "pattern"
    case .address: "address"
    case .routableDomain: "routable-domain"
    case .verifiedDomain: "verified-domain"
    case .reservedDomain: "reserved-domain"
    case .unique: "unique"
    case .present: "present"
    case .count: "count"
    case .size: "size"
    case .prefix: "prefix"
    case .compare: "compare"
    case .expression: "expression"
    }
  }
}

/// `check:`, one kind with its parameters (docs/rule-format.md, "Check kinds").
extension RuleDecoder {
  mutating func check(_ node: Node) -> CheckSpec? {
    guard let members = reader.members(node, "a check", known: CheckSpec.kinds) else { return nil }
    guard members.count == 1, let member = members.first else {
      if members.count > 1 { reader.note(node, "a check has one kind, not \(members.count)") }
      if case .mapping(let all) = node.content, all.isEmpty {
        reader.note(node, "a check has one kind, not none")
      }
      return nil
    }
    let value = member.value
    switch member.key {
    case "length": return length(value)
    case "characters": return characters(value)
    case "pattern": return pattern(value)
    case "address": return address(value)
    case "routable-domain": return parameters(value, member.key, []).map { _ in .routableDomain }
    case "verified-domain": return parameters(value, member.key, []).map { _ in .verifiedDomain }
    case "reserved-domain": return parameters(value, member.key, []).map { _ in .reservedDomain }
    case "unique": return unique(value)
    case "present": return present(value)
    case "count": return count(value)
    case "size": return size(value)
    case "prefix": return prefix(value)
    case "compare": return compare(value)
    default: return expression(value)
    }
  }

  /// The parameters of the check `kind`; a kind that takes none may stand without `{}`.
  private mutating func parameters(
    _ node: Node, _ kind: String, _ known: [String]
  ) -> [String: Node]? {
    if known.isEmpty || kind == "present", node.text == "" { return [:] }
    let what = "the check \"\(kind)\""
    guard let members = reader.members(node, what, known: known) else { return nil }
    return Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// Notes that `kind` needs one of `keys` unless an error was noted for its parameters before.
  private mutating func missing(_ node: Node, _ kind: String, _ keys: String) -> CheckSpec? {
    reader.note(node, "the check \"\(kind)\" needs \(keys)")
    return nil
  }

  private mutating func bounds(_ found: [String: Node], _ kind: String) -> (max: Int?, min: Int?) {
    let max = found["max"].flatMap { reader.number($0, "max") }
    let min = found["min"].flatMap { reader.number($0, "min") }
    if let max, let min, min > max, let node = found["min"] {
      reader.note(node, "\"min\" is larger than \"max\"")
    }
    return (max, min)
  }

  private mutating func length(_ node: Node) -> CheckSpec? {
    guard let found = parameters(node, "length", ["max", "min", "unit"]) else { return nil }
    if found["max"] == nil, found["min"] == nil { return missing(node, "length", "max or min") }
    let (max, min) = bounds(found, "length")
    let unit = found["unit"].flatMap { reader.choice($0, "unit", ["utf16", "bytes"]) }
    return .length(max: max, min: min, bytes: unit == "bytes")
  }

  private mutating func characters(_ node: Node) -> CheckSpec? {
    let keys = ["forbid", "forbid-classes", "allow", "allow-classes"]
    guard let found = parameters(node, "characters", keys) else { return nil }
    let forbids = found["forbid"] != nil || found["forbid-classes"] != nil
    let allows = found["allow"] != nil || found["allow-classes"] != nil
    guard forbids != allows else {
      if !forbids { return missing(node, "characters", keys.joined(separator: ", ")) }
      reader.note(node, "\"forbid\" and \"allow\" exclude each other; keep one")
      return nil
    }
    let (single, classes) = allows ? ("allow", "allow-classes") : ("forbid", "forbid-classes")
    let characters = found[single].flatMap { reader.text($0, single) } ?? ""
    let names = CharacterSpec.Class.allCases.map(\.rawValue)
    let items = found[classes].flatMap { reader.items($0, classes) } ?? []
    let chosen = items.compactMap { reader.choice($0, classes, names) }
    return .characters(
      CharacterSpec(
        isAllowList: allows, characters: Array(characters.unicodeScalars),
        classes: chosen.compactMap(CharacterSpec.Class.init(rawValue:))))
  }

  private mutating func pattern(_ node: Node) -> CheckSpec? {
    let keys = ["forbid-start", "forbid-end", "forbid-inside", "forbid-match", "require-match"]
    guard let found = parameters(node, "pattern", keys) else { return nil }
    guard !found.isEmpty else { return missing(node, "pattern", keys.joined(separator: ", ")) }
    var spec = PatternSpec()
    spec.forbidStart = found["forbid-start"].flatMap { reader.texts($0, "forbid-start") } ?? []
    spec.forbidEnd = found["forbid-end"].flatMap { reader.texts($0, "forbid-end") } ?? []
    spec.forbidInside = found["forbid-inside"].flatMap { reader.texts($0, "forbid-inside") } ?? []
    spec.forbidMatch = found["forbid-match"].flatMap { reader.text($0, "forbid-match") }
    spec.requireMatch = found["require-match"].flatMap { reader.text($0, "require-match") }
    return .pattern(spec)
  }

  private mutating func address(_ node: Node) -> CheckSpec? {
    guard let found = parameters(node, "address", ["require"]) else { return nil }
    guard let list = found["require"] else { return missing(node, "address", "require") }
    let names = AddressAspect.allCases.map(\.rawValue)
    var chosen: Set<AddressAspect> = []
    for item in reader.items(list, "require") ?? [] {
      guard let name = reader.choice(item, "require", names),
        let aspect = AddressAspect(rawValue: name)
      else { continue }
      if !chosen.insert(aspect).inserted {
        reader.note(item, "\"\(name)\" stands twice in \"require\"")
      }
    }
    // The order of the tests is the kind's, not the rule's.
    return .address(AddressAspect.allCases.filter(chosen.contains))
  }

  private mutating func unique(_ node: Node) -> CheckSpec? {
    guard let found = parameters(node, "unique", ["index", "case"]) else { return nil }
    guard let place = found["index"] else { return missing(node, "unique", "index") }
    let indexes: [String: UniqueIndex] = [
      "address-strong": .addressStrong, "address-weak": .addressWeak,
      "contact-mirror": .contactMirror, "confusable": .confusable,
      "value": .value(exact: found["case"] != nil), "object": .object,
    ]
    let name = reader.choice(place, "index", indexes.keys.sorted())
    if let exact = found["case"], reader.choice(exact, "case", ["exact"]) != nil, name != "value" {
      reader.note(exact, "\"case\" belongs to the index \"value\" only")
    }
    return name.flatMap { indexes[$0] }.map { .unique($0) }
  }

  private mutating func present(_ node: Node) -> CheckSpec? {
    guard let found = parameters(node, "present", ["when"]) else { return nil }
    let choices = ["absent", "blank", "absent-or-blank"]
    let when = found["when"].flatMap { reader.choice($0, "when", choices) } ?? "absent"
    return .present(absent: when != "blank", blank: when != "absent")
  }

  private mutating func count(_ node: Node) -> CheckSpec? {
    guard let found = parameters(node, "count", ["max", "min", "primary"]) else { return nil }
    if found["max"] == nil, found["min"] == nil { return missing(node, "count", "max or min") }
    let (max, min) = bounds(found, "count")
    let primary = found["primary"].flatMap { reader.flag($0, "primary") } ?? false
    return .count(max: max, min: min, primary: primary)
  }

  private mutating func size(_ node: Node) -> CheckSpec? {
    guard let found = parameters(node, "size", ["max", "exactly"]) else { return nil }
    guard found.count == 1 else { return missing(node, "size", "either max or exactly") }
    let max = found["max"].flatMap { reader.number($0, "max") }
    let exactly = found["exactly"].flatMap { reader.number($0, "exactly") }
    return .size(max: max, exactly: exactly)
  }

  private mutating func prefix(_ node: Node) -> CheckSpec? {
    guard let found = parameters(node, "prefix", ["require", "forbid"]) else { return nil }
    guard found.count == 1 else { return missing(node, "prefix", "either require or forbid") }
    if let node = found["require"] {
      guard let require = reader.flag(node, "require") else { return nil }
      if !require { reader.note(node, "\"require: false\" checks nothing") }
    }
    let forbid = found["forbid"].map { reader.addressTypes($0, "forbid") } ?? []
    return .prefix(require: found["require"] != nil, forbid: forbid)
  }

  private mutating func compare(_ node: Node) -> CheckSpec? {
    guard let found = parameters(node, "compare", ["with"]) else { return nil }
    guard let other = found["with"] else { return missing(node, "compare", "with") }
    return reader.attribute(other, "with").map { .compare(with: $0) }
  }

  private mutating func expression(_ node: Node) -> CheckSpec? {
    guard let found = parameters(node, "expression", ["forbid"]) else { return nil }
    guard let forbid = found["forbid"] else { return missing(node, "expression", "forbid") }
    return reader.expression(forbid, "forbid").map { .expression($0) }
  }
}
