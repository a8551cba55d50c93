import RuleNodes

/// Reads `why`, `references` and `examples` (docs/rule-format.md, "Examples").
struct RuleDocumentDecoder {
  /// What was read and what was wrong.
  var reader: NodeReader

  /// A decoder for the rule at the path `file`.
  init(file: String) { reader = NodeReader(file: file) }

  /// The documentation of `rule`, or nil when `reader.errors` says why not.
  mutating func document(_ node: Node, _ rule: Rule) -> RuleDocument? {
    // The rule's own keys are RuleDecoder's to judge.
    let why = node["why"].flatMap { reader.text($0, "why") }
    let references = node["references"].flatMap { reader.texts($0, "references") } ?? []
    guard let examples = node["examples"] else {
      reader.note(node, "the key \"examples\" is missing from the rule")
      return nil
    }
    guard
      let members = reader.members(examples, "\"examples\"", known: ["bad", "good"])
    else { return nil }
    reader.require(["bad", "good"], in: members, of: examples, "\"examples\"")
    let bad = examples["bad"].flatMap { reader.items($0, "bad") } ?? []
    if rule.repairs.contains(where: { $0.kind != .leave }), let first = bad.first,
      !bad.contains(where: { $0["fixed"] != nil })
    {
      reader.note(
        first, "the key \"fixed\" is missing from the bad example; the rule has a repair for it")
    }
    let good = examples["good"].flatMap { reader.items($0, "good") } ?? []
    return RuleDocument(
      why: why ?? "", references: references,
      bad: bad.compactMap { example($0, isBad: true) },
      good: good.compactMap { example($0, isBad: false) })
  }

  private mutating func example(_ node: Node, isBad: Bool) -> RuleExample? {
    let what = isBad ? "a bad example" : "a good example"
    let known = ["ldif", "forests", "options"] + (isBad ? ["finds", "fixed"] : [])
    guard let members = reader.members(node, what, known: known) else { return nil }
    if isBad { reader.require(["finds"], in: members, of: node, "the bad example") }
    guard (node["ldif"] == nil) != (node["forests"] == nil) else {
      reader.note(node, "\(what) has either \"ldif\" or \"forests\"")
      return nil
    }
    let fixed = isBad ? node["fixed"].flatMap { reader.text($0, "fixed") } : nil
    let finds = isBad ? node["finds"].flatMap { reader.items($0, "finds") } ?? [] : []
    return RuleExample(
      place: reader.place(node), sources: sources(node),
      finds: finds.compactMap { expectation($0) }, options: options(node["options"]), fixed: fixed)
  }

  private mutating func sources(_ node: Node) -> [RuleExample.Source] {
    if let ldif = node["ldif"] { return source(ldif, name: nil).map { [$0] } ?? [] }
    guard let list = node["forests"], let items = reader.items(list, "forests") else { return [] }
    var sources: [RuleExample.Source] = []
    var names: Set<String> = []
    for item in items {
      let keys = ["name", "ldif"]
      guard let members = reader.members(item, "a forest", known: keys) else { continue }
      reader.require(keys, in: members, of: item, "the forest")
      let name = item["name"].flatMap { reader.line($0, "name") } ?? ""
      if !names.insert(name).inserted { reader.note(item, "two forests are called \"\(name)\"") }
      if let ldif = item["ldif"], let source = source(ldif, name: name) { sources.append(source) }
    }
    return sources
  }

  private mutating func source(_ node: Node, name: String?) -> RuleExample.Source? {
    guard let ldif = reader.text(node, "ldif"), case .scalar(let scalar) = node.content else {
      return nil
    }
    let place = SourcePlace(
      file: reader.file, line: scalar.textLine, column: scalar.textColumn)
    return RuleExample.Source(name: name, ldif: ldif, place: place)
  }

  private mutating func expectation(_ node: Node) -> RuleExample.Expectation? {
    guard let members = reader.members(node, "a finding", known: ["dn", "attribute"]) else {
      return nil
    }
    reader.require(["dn"], in: members, of: node, "the finding")
    let attribute = node["attribute"].flatMap { reader.attribute($0, "attribute") }
    guard let dn = node["dn"].flatMap({ reader.text($0, "dn") }) else { return nil }
    return RuleExample.Expectation(dn: dn, attribute: attribute)
  }

  private mutating func options(_ node: Node?) -> RuleExample.Options {
    var options = RuleExample.Options()
    let known = [
      "verified-domain", "initial-domain", "upn-suffix", "login-attribute", "directory",
      "parameters", "unsafe", "now",
    ]
    guard let node, let members = reader.members(node, "\"options\"", known: known) else {
      return options
    }
    for member in members {
      let value = member.value
      switch member.key {
      case "verified-domain": options.verifiedDomains = oneOrMore(value, member.key)
      case "initial-domain": options.initialDomain = reader.line(value, member.key)
      case "upn-suffix": options.upnSuffixes = suffixes(value)
      case "login-attribute": options.loginAttribute = reader.attribute(value, member.key)
      case "directory":
        let kinds = DirectoryKind.allCases.map(\.rawValue)
        let kind = reader.choice(value, member.key, kinds)
        options.directory = kind.flatMap(DirectoryKind.init(rawValue:))
      case "parameters": options.parameters = reader.parameters(value)
      case "unsafe": options.allowsUnsafe = reader.flag(value, member.key) ?? false
      default: options.now = reader.line(value, member.key)
      }
    }
    return options
  }

  /// A text, or a list of texts: options that the command line takes more than once.
  private mutating func oneOrMore(_ node: Node, _ key: String) -> [String] {
    if case .scalar = node.content { return reader.line(node, key).map { [$0] } ?? [] }
    return reader.texts(node, key) ?? []
  }

  private mutating func suffixes(_ node: Node) -> [String] {
    let suffixes = oneOrMore(node, "upn-suffix")
    for suffix in suffixes
    where !suffix.contains("=") || suffix.hasPrefix("=") || suffix.hasSuffix("=") {
      reader.note(node, "\"\(suffix)\" must be OLD=NEW, for example corp.local=contoso.com")
    }
    return suffixes
  }
}
