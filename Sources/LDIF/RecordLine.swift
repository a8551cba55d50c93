import Bytes

/// One line of a record that is read whole, with its place in the source.
struct RecordLine {
  var text: LogicalLine
  /// Its number in the source, from 1.
  var number: Int
  /// Its offset in the source.
  var byteOffset: Int

  /// A line split at its first colon.
  struct Field {
    var name: String
    var value: LogicalLine.FieldValue
    var line: RecordLine

    /// Whether the name is `name`, whatever its case.
    func isNamed(_ name: String) -> Bool { Attribute.isSame(self.name, name) }

    /// The decoded value. Throws when it is given by URL or is not Base64.
    func bytes() throws(RecordError) -> [UInt8] {
      switch value {
      case .text(let bytes): return bytes.array
      case .url:
        throw line.error("the value of \(shortName) is given by URL, which is never fetched")
      case .badBase64: throw line.error("the value after \"::\" is not valid Base64")
      }
    }

    /// The decoded value without blanks around it, as text.
    func word() throws(RecordError) -> String {
      try bytes().withByteView { $0.trimmed.string }
    }

    /// The name as an error shows it.
    var shortName: String { String(name.prefix(80)) }
  }

  /// Whether it is the line that ends an operation of a modify.
  var isDash: Bool { text.content.first == 0x2D && text.content.trimmed == "-" }

  /// The text of a comment, or nil when it is none.
  func comment(_ arena: ByteArena) -> String? {
    guard text.content.first == 0x23 else { return nil }
    let content = text.isFolded ? LogicalLine.unfold(text.content, into: arena) : text.content
    let start = content.count > 1 && content[1] == 0x20 ? 2 : 1
    return content.from(start).string
  }

  /// The name and the value. Throws when it is no such line.
  func field(_ arena: ByteArena) throws(RecordError) -> Field {
    if text.content.first == 0x20 {
      throw error("a continuation line has no line before it to continue")
    }
    var line = text
    if line.isFolded {
      line.content = LogicalLine.unfold(line.content, into: arena)
      line.isFolded = false
    }
    guard let colon = line.content.firstIndex(of: 0x3A) else {
      throw error("the line has no colon; expected \"attribute: value\"")
    }
    let name = line.content.upTo(colon)
    guard AttributeNames.isValid(name) else {
      throw error(
        "the text before the colon is not an attribute name (letters, digits, hyphens, options)")
    }
    return Field(name: name.string, value: line.value(from: colon + 1, into: arena), line: self)
  }

  /// An error at this line.
  func error(_ reason: String) -> RecordError {
    RecordError(line: number, byteOffset: byteOffset, raw: text.raw, reason: reason)
  }
}
