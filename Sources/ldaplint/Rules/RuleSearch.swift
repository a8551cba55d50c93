import Bytes
import Rules

/// Finds rules by what people have in hand: an id, a name, the beginning of ids, an error of the portal, a
/// word of IdFix, an attribute, an address type, a pack; else a word of their texts.
struct RuleSearch {
  /// The rules.
  let rules: [Rule]
  /// What a rule's file says besides.
  let document: (Rule) -> RuleDocument?

  /// The rules that `text` means, sorted by id; none when it means nothing here.
  func rules(_ text: String) -> [Rule] {
    // IdFix puts several words into a cell, with commas between them.
    let parts = text.split(separator: ",").map { Self.key($0) }.filter { !$0.isEmpty }
    if let one = rules.first(where: { parts == [Self.key($0.id)] || parts == [Self.key($0.name)] })
    {
      return [one]
    }
    let named = rules.filter { rule in parts.contains { matches(rule, $0) } }
    if !named.isEmpty { return named }
    let quoted = quoting(text)
    return quoted.isEmpty ? rules.filter { mentions($0, text) } : quoted
  }

  /// The nearest of what could have been meant, for an error.
  func hint(_ text: String) -> String {
    let words = rules.flatMap { rule in
      [rule.id, rule.name, String(rule.id.prefix { $0.isLetter })] + rule.attributes
        + [rule.syncError, rule.category].compactMap(\.self)
    }
    return NearestName.of(text, in: Set(words)).map { "; did you mean \($0)?" } ?? ""
  }

  /// `text` without what people leave out or add: case, blanks, hyphens.
  private static func key(_ text: some StringProtocol) -> String {
    String(text.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "\"" })
  }

  private func matches(_ rule: Rule, _ key: String) -> Bool {
    if rule.id.lowercased().hasPrefix(key) || Self.key(rule.name) == key { return true }
    if rule.attributes.contains(where: { Self.key($0) == key }) || rule.types.contains(key) {
      return true
    }
    return rule.category.map(Self.key) == key || Self.key(rule.pack) == key
      || rule.syncError.map { Self.isSameError(Self.key($0), key) } ?? false
  }

  /// Older versions of Entra Connect and quarantined values have longer and shorter names for an error:
  /// DataValidationFailed, QuarantinedAttributeValueMustBeUnique.
  private static func isSameError(_ left: String, _ right: String) -> Bool {
    left == right || (right.count > 10 && (left.hasSuffix(right) || right.hasSuffix(left)))
  }

  /// The rules whose id, name or error stands in a text, such as a message that somebody has copied.
  private func quoting(_ text: String) -> [Rule] {
    let words = Set(
      text.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map { $0.lowercased() })
    return rules.filter { rule in
      [rule.id, rule.name, rule.syncError].contains {
        $0.map { words.contains($0.lowercased()) } ?? false
      }
    }
  }

  /// Whether one of the rule's texts has `text` in it.
  private func mentions(_ rule: Rule, _ text: String) -> Bool {
    let wanted = HostileText.oneLine(text).lowercased()
    guard wanted.count > 2 else { return false }
    let texts =
      [rule.name, rule.summary, document(rule)?.why ?? ""] + rule.cloud.map(\.text.source)
    return texts.contains { HostileText.oneLine($0).lowercased().contains(wanted) }
  }
}

extension Template {
  /// The text as its rule has it, with placeholders in braces.
  var source: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .placeholder(let placeholder): "{\(placeholder.rawValue)}"
      }
    }.joined()
  }
}
