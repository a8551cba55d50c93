import Bytes

/// One line of a record that is read whole, with its place in the source.
struct RecordLine {
  var text: LogicalLine
  /// Its number in the source, from 1.
  var number: Int
  /// Its offset in the source.
  var byteOffset: Int
  /// What stands before it in its block.
  var before: ByteView

  /// A line split at its first colon.
  struct Field {
    var name: String
    var value: LogicalLine.FieldValue
    var line: RecordLine
    /// Whether no attribute has such a name.
    var isOdd = false

    /// Whether the name is `name`, whatever its case.
    func isNamed(_ name: String) -> Bool {
      self.name.utf8.count == name.utf8.count && self.name.lowercased() == name
    }

    /// The decoded value. Throws when it is given by URL or is not Base64.
    func bytes() throws(RecordError) -> [UInt8] {
      switch value {
      case .text(let bytes): return bytes.array
      case .url:
        throw line.error("the value of \(shortName) is given by URL, which is never fetched")
      case .badBase64: throw line.error(.notBase64)
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
    guard text.content.first == 0x23, !text.isTooLong else { return nil }
    let content = text.isFolded ? LogicalLine.unfold(text.content, into: arena) : text.content
    let start = content.count > 1 && content[1] == 0x20 ? 2 : 1
    return content.from(start).string
  }

  /// The name and the value. Throws when it is no such line; a name that no attribute has may be let
  /// through.
  func field(_ arena: ByteArena, withOddNames: Bool = false) throws(RecordError) -> Field {
    var line = text
    do throws(LineFault) {
      if text.isTooLong { throw .tooLong }
      let length = try line.split(into: arena)
      let name = line.content.upTo(length).string
      return Field(name: name, value: line.value(from: length + 1, into: arena), line: self)
    } catch {
      guard withOddNames, case .oddName(let length) = error else { throw self.error(error) }
      let name = line.content.upTo(length).string
      return Field(name: name, value: .text(.empty), line: self, isOdd: true)
    }
  }

  /// An error at this line.
  func error(_ fault: LineFault) -> RecordError {
    var error = error(fault.reason(of: text.content, after: before))
    if let place = fault.place(after: before) {
      error.line -= before.from(place).newlineCount
      error.byteOffset -= before.count - place
      error.raw = LogicalLine.shown(before.from(place).firstLine)
    }
    return error
  }

  /// An error at this line.
  func error(_ reason: String) -> RecordError {
    RecordError(
      line: number, byteOffset: byteOffset, raw: text.shown(after: before), reason: reason)
  }
}
