import Bytes
import RuleNodes

/// Reads typed values out of nodes and collects what is wrong instead of stopping at it.
///
/// Every reading function gives nil after it has noted why.
struct NodeReader {
  /// How errors name the file.
  let file: String
  /// What is wrong so far; no more than `maximumErrors`.
  private(set) var errors: [RulePackError] = []
  /// A file with more errors than that is not a rule with mistakes.
  private static let maximumErrors = 100

  init(file: String) { self.file = file }

  /// The place of `node`.
  func place(_ node: Node) -> SourcePlace {
    SourcePlace(file: file, line: node.line, column: node.column)
  }

  /// Notes that something is wrong at `node`.
  mutating func note(_ node: Node, _ message: String) {
    note(place(node), message)
  }

  /// Notes that something is wrong with a key itself.
  mutating func note(_ member: Node.Member, _ message: String) {
    note(SourcePlace(file: file, line: member.line, column: member.column), message)
  }

  private mutating func note(_ place: SourcePlace, _ message: String) {
    guard errors.count < Self.maximumErrors else { return }
    errors.append(RulePackError(place: place, message: message))
  }

  // MARK: Mappings

  /// The members of the mapping `node`; `what` is its name with an article, "a rule". Keys other
  /// than `known` are noted and left out.
  mutating func members(_ node: Node, _ what: String, known: [String]) -> [Node.Member]? {
    guard let members = members(node, what) else { return nil }
    // Nearly always; spares the copy.
    if members.allSatisfy({ known.contains($0.key) }) { return members }
    return members.filter { member in
      if known.contains(member.key) { return true }
      guard errors.count < Self.maximumErrors else { return false }
      let hint = NearestName.hint(member.key, in: known)
      note(member, "unknown key \"\(member.key)\" in \(what)\(hint)")
      return false
    }
  }

  /// The members of the mapping `node`, whatever their keys.
  mutating func members(_ node: Node, _ what: String) -> [Node.Member]? {
    guard case .mapping(let members) = node.content else {
      note(node, "\(what) must be a mapping of keys to values, not \(form(node))")
      return nil
    }
    return members
  }

  /// Notes those of `keys` that `members` lack.
  mutating func require(_ keys: [String], in members: [Node.Member], of node: Node, _ what: String)
  {
    for key in keys where !members.contains(where: { $0.key == key }) {
      note(node, "the key \"\(key)\" is missing from \(what)")
    }
  }

  // MARK: Lists

  /// The items of the list that is the value of `key`.
  mutating func items(_ node: Node, _ key: String) -> [Node]? {
    guard case .sequence(let items) = node.content else {
      note(node, "\"\(key)\" must be a list, not \(form(node))")
      return nil
    }
    guard !items.isEmpty else {
      note(node, "\"\(key)\" must not be an empty list")
      return nil
    }
    return items
  }

  /// The texts of the list that is the value of `key`; none of them twice.
  mutating func texts(_ node: Node, _ key: String) -> [String]? {
    guard let items = items(node, key) else { return nil }
    var texts: [String] = []
    var seen: Set<String> = []
    for item in items {
      guard let text = text(item, key) else { continue }
      if !seen.insert(text).inserted { note(item, "\"\(text)\" stands twice in \"\(key)\"") }
      texts.append(text)
    }
    return texts
  }

  /// The texts, perhaps empty, that are the values of parameters, by name.
  mutating func parameters(_ node: Node) -> [String: String] {
    var parameters: [String: String] = [:]
    for member in members(node, "\"parameters\"") ?? [] {
      guard case .scalar(let scalar) = member.value.content else {
        note(member.value, "the parameter \"\(member.key)\" must be a text")
        continue
      }
      parameters[member.key] = scalar.text
    }
    return parameters
  }

  // MARK: Scalars

  /// The text that is the value of `key`; not empty.
  mutating func text(_ node: Node, _ key: String) -> String? {
    guard case .scalar(let scalar) = node.content else {
      note(node, "\"\(key)\" must be a text, not \(form(node))")
      return nil
    }
    guard !scalar.text.isEmpty else {
      note(node, "\"\(key)\" has no value")
      return nil
    }
    return scalar.text
  }

  /// A text of one line.
  mutating func line(_ node: Node, _ key: String) -> String? {
    guard let text = text(node, key) else { return nil }
    guard let end = text.utf8.firstIndex(of: 0x0A) else { return text }
    // A block ends with a line break.
    guard text.utf8.index(after: end) == text.utf8.endIndex, end > text.startIndex else {
      note(node, "\"\(key)\" must be one line")
      return nil
    }
    return String(text[..<end])
  }

  /// The whole number from 0 that is the value of `key`.
  mutating func number(_ node: Node, _ key: String) -> Int? {
    guard let text = text(node, key) else { return nil }
    // Not Int's own parser alone: it takes a sign.
    guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(text) else {
      note(node, "\"\(key)\" must be a whole number from 0, not \"\(text)\"")
      return nil
    }
    return number
  }

  /// The value of `key`, `true` or `false`.
  mutating func flag(_ node: Node, _ key: String) -> Bool? {
    guard let choice = choice(node, key, ["true", "false"]) else { return nil }
    return choice == "true"
  }

  /// The value of `key`, one of `choices`.
  mutating func choice(_ node: Node, _ key: String, _ choices: [String]) -> String? {
    guard let text = text(node, key) else { return nil }
    guard choices.contains(text) else {
      let hint = NearestName.of(text, in: choices).map { "; did you mean \"\($0)\"?" } ?? ""
      let list = choices.joined(separator: ", ")
      note(node, "\"\(key)\" must be one of \(list), not \"\(text)\"\(hint)")
      return nil
    }
    return text
  }

  /// The expression that is the value of `key`; the place is that of its first character.
  mutating func expression(_ node: Node, _ key: String) -> ExpressionSource? {
    guard let text = text(node, key), case .scalar(let scalar) = node.content else { return nil }
    guard scalar.style != .plain else {
      note(
        node,
        "the expression of \"\(key)\" must be quoted or a block: without quotes, YAML cuts it "
          + "at \" #\" and refuses [ and % at its start")
      return nil
    }
    let place = SourcePlace(file: file, line: scalar.textLine, column: scalar.textColumn)
    return ExpressionSource(text: text, place: place)
  }

  /// The name of an attribute that is the value of `key` (RFC 4512 §1.4 `descr`).
  mutating func attribute(_ node: Node, _ key: String) -> String? {
    guard let text = text(node, key) else { return nil }
    guard Words.isAttribute(text) else {
      note(node, "\"\(text)\" is not the name of an attribute")
      return nil
    }
    return text
  }

  /// The names of attributes in the list that is the value of `key`; none of them twice.
  mutating func attributes(_ node: Node, _ key: String) -> [String]? {
    guard let items = items(node, key) else { return nil }
    var names: [String] = []
    var seen: Set<String> = []
    for item in items {
      guard let name = attribute(item, key) else { continue }
      if !seen.insert(name.lowercased()).inserted {
        note(item, "\"\(name)\" stands twice in \"\(key)\"")
      }
      names.append(name)
    }
    return names
  }

  /// The types of addresses in the list that is the value of `key`.
  mutating func addressTypes(_ node: Node, _ key: String) -> [String] {
    guard let types = texts(node, key), case .sequence(let items) = node.content else { return [] }
    for item in items {
      guard let type = item.text, !type.isEmpty, !Words.isAddressType(type) else { continue }
      note(item, "\"\(type)\" is not an address type in small letters, such as smtp")
    }
    return types
  }

  private func form(_ node: Node) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.text.isEmpty ? "nothing" : "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// The forms of names.
enum Words {
  /// Letters, digits and hyphens after a letter.
  static func isAttribute(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2D }
  }

  /// Three to five capitals and three digits.
  static func isRuleID(_ text: String) -> Bool {
    let letters = text.utf8.dropLast(3)
    return (3...5).contains(letters.count) && letters.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
      && text.utf8.suffix(3).allSatisfy(isDigit)
  }

  /// Words of small letters and digits with single hyphens between them, the first with a letter.
  static func isKebabCase(_ text: String) -> Bool {
    guard let first = text.utf8.first, first >= 0x61, first <= 0x7A else { return false }
    var last = first
    for byte in text.utf8 {
      let isHyphen = byte == 0x2D
      guard isHyphen ? last != 0x2D : isDigit(byte) || (byte >= 0x61 && byte <= 0x7A) else {
        return false
      }
      last = byte
    }
    return last != 0x2D
  }

  /// The type of an address in small letters: letters, digits, `-`, `.` and `+`.
  static func isAddressType(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        isDigit($0) || ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E
      }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
