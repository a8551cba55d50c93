import RuleNodes

/// The parameters of a check as they stand in a rule's file. What is wrong with one is noted, and
/// reading it gives nil.
struct CheckParameters {
  private let kind: CheckKind
  private let node: Node
  private let found: [String: Node]
  /// What was wrong so far.
  var reader: NodeReader

  /// The parameters of a check of `kind` in `node`; a kind that needs none may stand without `{}`.
  init?(_ kind: CheckKind, _ node: Node, _ reader: inout NodeReader) {
    self.kind = kind
    self.node = node
    if kind.standsAlone, node.text == "" {
      found = [:]
    } else {
      let what = "the check \"\(kind.name)\""
      guard let members = reader.members(node, what, known: kind.keys) else { return nil }
      found = Dictionary(
        members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    self.reader = reader
  }

  /// How many there are.
  var count: Int { found.count }

  /// The value of `key`, when it is there.
  subscript(key: String) -> Node? { found[key] }

  /// Whether one of `keys` is there.
  func has(_ keys: String...) -> Bool { keys.contains { found[$0] != nil } }

  /// Notes that the check needs `keys`.
  mutating func missing(_ keys: String) { note("the check \"\(kind.name)\" needs \(keys)") }

  /// Notes something about all parameters together.
  mutating func note(_ message: String) { reader.note(node, message) }

  /// The value of `key`, a whole number.
  mutating func number(_ key: String) -> Int? { found[key].flatMap { reader.number($0, key) } }

  /// The value of `key`, true or false.
  mutating func flag(_ key: String) -> Bool? { found[key].flatMap { reader.flag($0, key) } }

  /// The value of `key`, a text.
  mutating func text(_ key: String) -> String? { found[key].flatMap { reader.text($0, key) } }

  /// The value of `key`, a list of texts.
  mutating func texts(_ key: String) -> [String]? { found[key].flatMap { reader.texts($0, key) } }

  /// The value of `key`, one of `choices`.
  mutating func choice(_ key: String, _ choices: [String]) -> String? {
    found[key].flatMap { reader.choice($0, key, choices) }
  }

  /// The value of `key`, a list of some of `choices`, with where each stands.
  mutating func choices(_ key: String, _ choices: [String]) -> [(name: String, node: Node)] {
    var chosen: [(name: String, node: Node)] = []
    for item in found[key].flatMap({ reader.items($0, key) }) ?? [] {
      if let name = reader.choice(item, key, choices) { chosen.append((name, item)) }
    }
    return chosen
  }

  /// `max` and `min`, one of which must be there; nil when none is.
  mutating func bounds() -> (max: Int?, min: Int?)? {
    guard has("max", "min") else {
      missing("max or min")
      return nil
    }
    let (max, min) = (number("max"), number("min"))
    if let max, let min, min > max, let node = found["min"] {
      reader.note(node, "\"min\" is larger than \"max\"")
    }
    return (max, min)
  }
}
