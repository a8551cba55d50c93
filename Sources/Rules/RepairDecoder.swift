import RuleNodes

/// One entry of `fix`; its reason waits until the check is known.
struct RepairDraft {
  /// The kind's name.
  var name: String
  var kind: RepairKind
  var isSafe: Bool
  var reason: Node?
  var node: Node
}

extension RepairKind {
  /// The kinds of repairs by the names that rules use.
  static let kinds = [
    "trim", "remove-characters", "remove-whitespace", "transliterate", "truncate", "fix-dots",
    "encode-domain", "replace-domain", "replace-value", "replace-text", "remove-repeated-type",
    "first-address", "split-addresses", "add-prefix", "demote", "promote", "remove-value",
    "resolve-duplicate", "leave",
  ]
}

/// `fix:`, the list of repairs (docs/rule-format.md, "Repairs").
extension RuleDecoder {
  mutating func repairs(_ node: Node) -> [RepairDraft] {
    let items = reader.items(node, "fix") ?? []
    return items.compactMap { repair($0) }
  }

  private mutating func repair(_ node: Node) -> RepairDraft? {
    let known = RepairKind.kinds + ["safety", "reason"]
    guard let members = reader.members(node, "a repair", known: known) else { return nil }
    let kinds = members.filter { $0.key != "safety" && $0.key != "reason" }
    guard kinds.count == 1, let member = kinds.first else {
      // An unknown key has been noted already and may be the kind.
      if kinds.count > 1 || isComplete(node, members) {
        reader.note(node, "a repair has one kind, not \(kinds.count)")
      }
      return nil
    }
    // What is left to a person changes nothing.
    let isLeft = member.key == "leave"
    let required = isLeft ? ["reason"] : ["safety", "reason"]
    reader.require(required, in: members, of: node, "the repair \"\(member.key)\"")
    let safety = node["safety"].flatMap { reader.choice($0, "safety", ["safe", "unsafe"]) }
    let reason = node["reason"].flatMap { reader.line($0, "reason") == nil ? nil : $0 }
    guard let kind = kind(member) else { return nil }
    return RepairDraft(
      name: member.key, kind: kind, isSafe: safety == "safe", reason: reason, node: node)
  }

  private func isComplete(_ node: Node, _ members: [Node.Member]) -> Bool {
    guard case .mapping(let all) = node.content else { return false }
    return all.count == members.count
  }

  private mutating func kind(_ member: Node.Member) -> RepairKind? {
    if member.key == "replace-text" { return replaceText(member.value) }
    let parameters: [String]
    switch member.key {
    case "replace-domain": parameters = ["to", "from"]
    case "replace-value": parameters = ["from"]
    case "add-prefix": parameters = ["type"]
    default: parameters = []
    }
    let node = member.value
    let what = "the repair \"\(member.key)\""
    if !(parameters.isEmpty && node.text == "") {
      guard let found = reader.members(node, what, known: parameters) else { return nil }
      if !parameters.isEmpty, found.count != 1 {
        let either = parameters.count > 1 ? "either " : ""
        reader.note(node, "\(what) needs \(either)\(parameters.joined(separator: " or "))")
        return nil
      }
    }
    return Self.simple[member.key] ?? parametrised(member.key, node)
  }

  private mutating func replaceText(_ node: Node) -> RepairKind? {
    guard case .mapping(let members) = node.content, !members.isEmpty else {
      reader.note(node, "\"replace-text\" needs texts and what takes their place, { UK: GB }")
      return nil
    }
    var texts: [String: String] = [:]
    for member in members {
      guard let text = reader.text(member.value, member.key) else { return nil }
      guard texts.updateValue(text, forKey: member.key.uppercased()) == nil else {
        reader.note(member.value, "\"\(member.key)\" stands twice in \"replace-text\"")
        return nil
      }
    }
    return .replaceText(texts)
  }

  private mutating func parametrised(_ name: String, _ node: Node) -> RepairKind? {
    switch name {
    case "replace-domain":
      if let to = node["to"] {
        return reader.choice(to, "to", ["upn-suffix-map"]).map { _ in .replaceDomainFromMap }
      }
      let from = node["from"].flatMap { reader.choice($0, "from", ["primary-smtp"]) }
      return from.map { _ in .replaceDomainFromPrimary }
    case "replace-value":
      let from = node["from"].flatMap { reader.attribute($0, "from") }
      return from.map { .replaceValue(from: $0) }
    default:
      guard let value = node["type"], let type = reader.text(value, "type") else { return nil }
      guard Words.isAddressType(type), type != "none" else {
        reader.note(value, "\"\(type)\" is not an address type in small letters, such as smtp")
        return nil
      }
      return .addPrefix(type: type)
    }
  }

  private static let simple: [String: RepairKind] = [
    "trim": .trim, "remove-characters": .removeCharacters, "remove-whitespace": .removeWhitespace,
    "transliterate": .transliterate, "truncate": .truncate, "fix-dots": .fixDots,
    "encode-domain": .encodeDomain, "remove-repeated-type": .removeRepeatedType,
    "first-address": .firstAddress, "split-addresses": .splitAddresses,
    "demote": .demote, "promote": .promote, "remove-value": .removeValue,
    "resolve-duplicate": .resolveDuplicate, "leave": .leave,
  ]

  /// Refuses repairs that use what the check does not supply.
  mutating func checkRepairs(_ draft: Draft, _ check: any CheckSpec) {
    for repair in draft.repairs {
      if let needed = CheckKind.needed(by: repair.name), needed != check.kind.name {
        reader.note(repair.node, "\"\(repair.name)\" needs the check \"\(needed)\"")
        continue
      }
      for objection in check.objections(to: repair.kind, part: draft.part) {
        reader.note(repair.node, objection)
      }
    }
  }
}
