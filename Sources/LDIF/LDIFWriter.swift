import Bytes
import Directory

/// Writes LDIF (RFC 2849): records, comments and single lines, to a buffer.
///
/// What it writes is read back as the same record, whatever the values hold: a value that is not a
/// `SAFE-STRING`, or ends with a blank, is written in Base64.
public struct LDIFWriter: Sendable {
  /// What ends a line.
  public enum LineEnd: Sendable {
    /// A line feed.
    case lf
    /// Carriage return and line feed, for `ldifde`.
    case crlf
  }

  /// How comments are written.
  public enum Comments: Sendable {
    /// Folded where they are long, as every line may be (RFC 2849, note 2).
    case folded
    /// Each as one line, however long, for people to read and search.
    case whole
    /// As `whole`, and in ASCII: the grammar of RFC 2849 has no other characters in comments.
    case ascii
  }

  /// The longest line, in bytes without its end; longer ones are folded.
  public static let width = 76

  private let lineEnd: LineEnd
  private let comments: Comments

  /// A writer of lines that end with `lineEnd`.
  public init(lineEnd: LineEnd = .lf, comments: Comments = .folded) {
    self.lineEnd = lineEnd
    self.comments = comments
  }

  // MARK: Records

  /// Writes `record` with its comments, and an empty line after it.
  public func write(_ record: ContentRecord, to out: inout OutputBuffer) {
    for text in record.comments { comment(text, to: &out) }
    field("dn", record.dn, to: &out)
    write(record.attributes, to: &out)
    emptyLine(to: &out)
  }

  /// Writes `record` with its comments, and an empty line after it.
  public func write(_ record: ChangeRecord, to out: inout OutputBuffer) {
    for text in record.comments { comment(text, to: &out) }
    field("dn", record.dn, to: &out)
    for control in record.controls { write(control, to: &out) }
    switch record.kind {
    case .add(let attributes):
      field("changetype", text: "add", to: &out)
      write(attributes, to: &out)
    case .delete: field("changetype", text: "delete", to: &out)
    case .modify(let modifications):
      field("changetype", text: "modify", to: &out)
      for modification in modifications { write(modification, to: &out) }
    case .rename(let newRDN, let deleteOld, let newSuperior):
      field("changetype", text: "modrdn", to: &out)
      field("newrdn", newRDN, to: &out)
      field("deleteoldrdn", text: deleteOld ? "1" : "0", to: &out)
      if let newSuperior { field("newsuperior", newSuperior, to: &out) }
    }
    emptyLine(to: &out)
  }

  private func write(_ attributes: [Attribute], to out: inout OutputBuffer) {
    for attribute in attributes {
      for value in attribute.values { field(attribute.name, value, to: &out) }
    }
  }

  private func write(_ modification: Modification, to out: inout OutputBuffer) {
    let name = Self.description(modification.attribute)
    field(modification.operation.rawValue, name, to: &out)
    for value in modification.values { field(modification.attribute, value, to: &out) }
    out.append(UInt8(ascii: "-"))
    endLine(&out)
  }

  private func write(_ control: ChangeRecord.Control, to out: inout OutputBuffer) {
    let head = "control: \(control.oid)" + (control.isCritical ? " true" : "")
    guard let value = control.value else {
      return head.withByteView { line(.empty, .empty, $0, to: &out) }
    }
    field(Array(head.utf8), value, to: &out)
  }

  // MARK: Lines

  /// Writes the line that says which LDIF it is, and an empty line after it.
  public func version(to out: inout OutputBuffer) {
    field("version", text: "1", to: &out)
    emptyLine(to: &out)
  }

  /// Writes `text` as one comment.
  ///
  /// Line breaks, and all but tabs that may not be shown as it is, are written as `\u{a}`, so that no
  /// data can end the comment or show as what it is not.
  public func comment(_ text: String, to out: inout OutputBuffer) {
    var comment = OutputBuffer()
    comment.append(text.isEmpty ? "#" : "# ")
    CommentText.append(text, isASCII: comments == .ascii, to: &comment)
    guard comments == .folded else {
      out.append(comment)
      return endLine(&out)
    }
    comment.withByteView { line(.empty, .empty, $0, to: &out) }
  }

  /// Writes `name: value`, or `name:: ` and Base64 where the value needs it.
  ///
  /// A byte that no attribute description may have becomes `_` in the name: a name can never end
  /// its line.
  public func field(_ name: String, _ value: [UInt8], to out: inout OutputBuffer) {
    field(Self.description(name), value, to: &out)
  }

  /// Writes `name: value`, or `name:: ` and Base64 where the value needs it; `name` is one.
  public func field(_ name: ByteView, _ value: ByteView, to out: inout OutputBuffer) {
    guard !SafeString.isSafe(value) else {
      return line(name, ByteView(value.isEmpty ? ":" : ": "), value, to: &out)
    }
    var encoded = OutputBuffer()
    value.withSpan { encoded.append(base64: $0) }
    encoded.withByteView { line(name, ByteView(":: "), $0, to: &out) }
  }

  /// Writes an empty line, which ends a record.
  public func emptyLine(to out: inout OutputBuffer) { endLine(&out) }

  private func field(_ name: String, text: String, to out: inout OutputBuffer) {
    field(Array(name.utf8), Array(text.utf8), to: &out)
  }

  private func field(_ name: [UInt8], _ value: [UInt8], to out: inout OutputBuffer) {
    name.withByteView { name in value.withByteView { field(name, $0, to: &out) } }
  }

  private static func description(_ name: String) -> [UInt8] {
    name.utf8.map { AttributeNames.isNameByte($0) ? $0 : 0x5F }
  }

  /// Writes the three parts as one line, folded so that no character is cut.
  private func line(
    _ name: ByteView, _ separator: ByteView, _ value: ByteView, to out: inout OutputBuffer
  ) {
    let length = name.count + separator.count + value.count
    out.reserve(length + length / (Self.width - 1) * 3 + 2)
    if length <= Self.width {
      out.append(name)
      out.append(separator)
      out.append(value)
    } else {
      var column = 0
      for part in [name, separator, value] { append(folding: part, &column, to: &out) }
    }
    endLine(&out)
  }

  private func append(folding part: ByteView, _ column: inout Int, to out: inout OutputBuffer) {
    var start = 0
    while part.count - start > Self.width - column {
      var end = start + Self.width - column
      while end > start, part[end] & 0xC0 == 0x80 { end -= 1 }
      // What is no UTF-8 is cut anywhere.
      if end == start, column <= 1 { end = start + Self.width - column }
      out.append(part[start..<end])
      endLine(&out)
      out.append(UInt8(ascii: " "))
      start = end
      column = 1
    }
    out.append(part.from(start))
    column += part.count - start
  }

  private func endLine(_ out: inout OutputBuffer) {
    if lineEnd == .crlf { out.append(0x0D) }
    out.append(0x0A)
  }
}

/// Text as a comment may hold it.
enum CommentText {
  static func append(_ text: String, isASCII: Bool = false, to out: inout OutputBuffer) {
    text.withByteView { bytes in
      bytes.withSpan { span in
        // What is shown as it is comes in long runs.
        var (start, index) = (0, 0)
        while index < span.count {
          if HostileText.isPlain(span[index]) || span[index] == 0x09 {
            index += 1
            continue
          }
          let (scalar, length) = ScalarScan.next(span, at: index)
          if let scalar, !HostileText.isShown(scalar) || isASCII {
            out.append(bytes[start..<index])
            out.append(escaped: scalar)
            start = index + length
          }
          index += length
        }
        out.append(bytes.from(start))
      }
    }
  }
}
