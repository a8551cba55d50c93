import Findings
import RuleNodes

/// What a rule says of how much its findings weigh: `consequence`, `because`, `lowered`, `after`,
/// `cause` (docs/rule-format.md, "How much a finding weighs").
extension RuleDecoder {
  /// Notes where the severity does not follow from the consequence and nothing says why.
  mutating func weigh(_ draft: Draft, _ node: Node) {
    if let because = node["because"] {
      if let consequence = draft.consequence, consequence.severities.contains(draft.severity) {
        reader.note(
          because,
          "\"because\" says why the severity departs from the consequence's, which it does not")
      } else if node["consequence"] == nil {
        reader.note(because, "\"because\" belongs to a rule with a \"consequence\"")
      }
    }
    if let consequence = draft.consequence, !consequence.severities.contains(draft.severity),
      draft.because == nil, let place = node["severity"], node["because"] == nil
    {
      let usual = consequence.severities.map(\.name).joined(separator: " or ")
      reader.note(
        place,
        "the consequence \"\(consequence.rawValue)\" makes \(usual), not "
          + "\(draft.severity.name); say why with \"because\"")
    }
    let entries = node["lowered"]?.items ?? []
    guard entries.count == draft.lowered.count else { return }
    for (item, entry) in zip(draft.lowered, entries) where item.severity >= draft.severity {
      reader.note(
        entry["severity"] ?? entry,
        "\(item.severity.name) is not below the rule's severity, \(draft.severity.name)")
    }
  }

  mutating func lowered(_ node: Node) -> [LoweredSeverity] {
    let items = reader.items(node, "lowered") ?? []
    return items.compactMap { lowered(entry: $0) }
  }

  private mutating func lowered(entry: Node) -> LoweredSeverity? {
    let keys = ["when", "severity"]
    guard let members = reader.members(entry, "an entry of \"lowered\"", known: keys) else {
      return nil
    }
    reader.require(keys, in: members, of: entry, "the entry of \"lowered\"")
    let when = entry["when"].flatMap { reader.expression($0, "when") }
    let level = entry["severity"].flatMap { severity($0) }
    guard let when, let level else { return nil }
    return LoweredSeverity(when: when, severity: level)
  }

  mutating func after(_ node: Node) -> [RuleReference] {
    guard reader.texts(node, "after") != nil else { return [] }
    return (node.items ?? []).compactMap { item in
      item.text.map { RuleReference(id: $0, place: reader.place(item)) }
    }
  }

  /// `cloud`: a sentence, or a list of them with the objects that they are about.
  mutating func sentences(_ node: Node, _ draft: Draft) -> [CloudSentence] {
    guard case .sequence = node.content else {
      guard reader.line(node, "cloud") != nil else { return [] }
      return [CloudSentence(text: template(node, "cloud", draft))]
    }
    let items = reader.items(node, "cloud") ?? []
    let sentences = items.compactMap { sentence($0, draft) }
    for (item, sentence) in zip(items, sentences.dropLast())
    where sentence.objects == .any && sentence.when == nil && items.count == sentences.count {
      reader.note(item, "the sentences of \"cloud\" after this one are never said")
    }
    return sentences
  }

  private mutating func sentence(_ entry: Node, _ draft: Draft) -> CloudSentence? {
    let keys = ["objects", "when", "text"]
    guard let members = reader.members(entry, "an entry of \"cloud\"", known: keys) else {
      return nil
    }
    reader.require(["text"], in: members, of: entry, "the entry of \"cloud\"")
    guard let text = entry["text"], reader.line(text, "text") != nil else { return nil }
    return CloudSentence(
      objects: entry["objects"].map { objects($0) } ?? .any,
      when: entry["when"].flatMap { reader.expression($0, "when") },
      text: template(text, "cloud", draft))
  }

  mutating func cause(_ node: Node) -> CauseSpec? {
    let keys = ["by", "text"]
    guard let members = reader.members(node, "\"cause\"", known: keys) else { return nil }
    reader.require(["text"], in: members, of: node, "\"cause\"")
    let kind: CauseKind? = node["by"].map { value($0, "by") } ?? .rule
    guard let place = node["text"], let text = reader.line(place, "text"), let kind else {
      return nil
    }
    let (template, unknown) = Template.split(text)
    let known = [.count] + kind.placeholders
    let others = template.placeholders.filter { !known.contains($0) }.map(\.rawValue)
    for word in unknown + others {
      let list = known.map { "{\($0.rawValue)}" }.joined(separator: ", ")
      reader.note(place, "{\(word)} in \"text\" never has a value; there are \(list)")
    }
    return CauseSpec(kind: kind, text: template)
  }
}

extension CauseKind {
  /// What the sentence about a cause of the kind can name besides the count.
  fileprivate var placeholders: [Template.Placeholder] {
    switch self {
    case .rule: []
    case .suffix: [.suffix, .domain]
    case .domain: [.domain]
    case .character: [.characters]
    case .type: [.type]
    case .length: [.limit]
    case .group: [.value, .others]
    }
  }
}

extension Node {
  /// The items when the node is a list.
  fileprivate var items: [Node]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }
}
