/// `characters`: characters that are forbidden, or all that are allowed.
package struct CharacterSpec: CheckSpec, Equatable {
  /// A named class of characters.
  package enum Class: String, CaseIterable, Sendable {
    case letters, digits, whitespace, control, diacritics
    case otherNonASCII = "other-non-ascii"
    case nonASCII = "non-ascii"
    /// Only among letters of which at least one is ASCII.
    case lookAlikes = "look-alikes"
  }

  /// Whether `characters` and `classes` are what is allowed; else they are what is forbidden.
  package var isAllowList: Bool
  /// Single characters.
  package var characters: [Unicode.Scalar]
  /// Classes.
  package var classes: [Class]

  /// A spec with all its parts.
  package init(isAllowList: Bool, characters: [Unicode.Scalar], classes: [Class]) {
    self.isAllowList = isAllowList
    self.characters = characters
    self.classes = classes
  }

  static let kind = CheckKind(
    "characters", keys: ["forbid", "forbid-classes", "allow", "allow-classes"],
    repairs: ["remove-characters"], read: read)

  @Sendable private static func read(_ parameters: inout CheckParameters) -> (any CheckSpec)? {
    let forbids = parameters.has("forbid", "forbid-classes")
    let allows = parameters.has("allow", "allow-classes")
    guard forbids != allows else {
      if forbids {
        parameters.note("\"forbid\" and \"allow\" exclude each other; keep one")
      } else {
        parameters.missing(kind.keys.joined(separator: ", "))
      }
      return nil
    }
    let key = allows ? "allow" : "forbid"
    let characters = parameters.text(key) ?? ""
    let classes = parameters.choices("\(key)-classes", Class.allCases.map(\.rawValue))
    if let one = classes.first(where: { $0.name == Class.lookAlikes.rawValue }),
      allows || classes.count > 1 || !characters.isEmpty
    {
      parameters.reader.note(one.node, "\"look-alikes\" stands alone in \"forbid-classes\"")
    }
    return CharacterSpec(
      isAllowList: allows, characters: Array(characters.unicodeScalars),
      classes: classes.compactMap { Class(rawValue: $0.name) })
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> { [.characters, .position] }
}
