import RuleNodes

/// A kind of check: its name, and what may stand after it.
package struct CheckKind: Sendable {
  /// The name that rules use.
  package let name: String
  /// The keys of its parameters.
  package let keys: [String]
  /// Whether it may stand without parameters.
  let standsAlone: Bool
  /// The repairs that only checks of this kind allow.
  let repairs: [String]
  /// Makes the check of its parameters; nil after what is wrong with them has been noted.
  let read: @Sendable (inout CheckParameters) -> (any CheckSpec)?

  init(
    _ name: String, keys: [String], standsAlone: Bool = false, repairs: [String] = [],
    read: @escaping @Sendable (inout CheckParameters) -> (any CheckSpec)?
  ) {
    self.name = name
    self.keys = keys
    self.standsAlone = standsAlone
    self.repairs = repairs
    self.read = read
  }

  /// Every kind.
  package static let all: [CheckKind] = [
    LengthSpec.kind, CharacterSpec.kind, PatternSpec.kind, AddressSpec.kind,
    DomainSpec.routable.kind, DomainSpec.verified.kind, DomainSpec.reserved.kind,
    UniqueSpec.kind, PresentSpec.kind, CountSpec.kind, SizeSpec.kind, PrefixSpec.kind,
    CompareSpec.kind, ExpressionSpec.kind,
  ]

  private static let names = all.map(\.name)

  /// The name of the kind that the repair called `repair` needs; nil when all do.
  static func needed(by repair: String) -> String? {
    all.first { $0.repairs.contains(repair) }?.name
  }

  /// The check that is the value of `check:`; nil after `reader` has noted why not.
  static func read(_ node: Node, _ reader: inout NodeReader) -> (any CheckSpec)? {
    guard let members = reader.members(node, "a check", known: names) else { return nil }
    guard members.count == 1, let member = members.first,
      let kind = all.first(where: { $0.name == member.key })
    else {
      if members.count > 1 { reader.note(node, "a check has one kind, not \(members.count)") }
      if case .mapping(let all) = node.content, all.isEmpty {
        reader.note(node, "a check has one kind, not none")
      }
      return nil
    }
    guard var parameters = CheckParameters(kind, member.value, &reader) else { return nil }
    let check = kind.read(&parameters)
    reader = parameters.reader
    return check
  }
}
