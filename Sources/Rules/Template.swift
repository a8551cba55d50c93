/// A text with placeholders, split once when the pack is loaded.
public struct Template: Sendable, Equatable {
  /// The closed list of placeholders.
  public enum Placeholder: String, CaseIterable, Sendable {
    case value, attribute, part, domain, suffix, characters, position, length, limit, count, reason
    case other, others, type, `class`, dn
    case predictedUPN = "predicted-upn"
  }

  /// A piece of the text.
  public enum Piece: Sendable, Equatable {
    /// Words of the rule.
    case text(String)
    /// Something of the finding.
    case placeholder(Placeholder)
  }

  /// The pieces in order.
  public var pieces: [Piece]

  /// A text of those pieces.
  public init(pieces: [Piece]) { self.pieces = pieces }

  /// The placeholders in it, in order.
  public var placeholders: [Placeholder] {
    pieces.compactMap { piece in
      if case .placeholder(let placeholder) = piece { placeholder } else { nil }
    }
  }

  /// Splits `text`; also gives the words in braces that are no placeholders.
  ///
  /// A brace that does not enclose one word of letters and hyphens is text, so that a message may
  /// speak of `SystemMailbox{`.
  static func split(_ text: String) -> (template: Template, unknown: [String]) {
    let bytes = text.utf8
    guard bytes.contains(UInt8(ascii: "{")) else {
      return (Template(pieces: text.isEmpty ? [] : [.text(text)]), [])
    }
    var pieces: [Piece] = []
    var unknown: [String] = []
    var start = bytes.startIndex
    var rest = bytes[...]
    func words(upTo end: String.Index) {
      if start < end { pieces.append(.text(String(text[start..<end]))) }
    }
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      let inside = rest[bytes.index(after: open)...]
      let name = inside.prefix { $0 == 0x2D || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) }
      rest = inside[name.endIndex...]
      guard !name.isEmpty, rest.first == UInt8(ascii: "}") else { continue }
      rest = rest.dropFirst()
      let word = String(text[name.startIndex..<name.endIndex])
      if let placeholder = Placeholder(rawValue: word) {
        words(upTo: open)
        pieces.append(.placeholder(placeholder))
        start = rest.startIndex
      } else {
        unknown.append(word)
      }
    }
    words(upTo: bytes.endIndex)
    return (Template(pieces: pieces), unknown)
  }
}
