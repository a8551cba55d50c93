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

  /// The longest line, in bytes without its end; longer ones are folded.
  public static let width = 76

  private let lineEnd: LineEnd

  /// A writer of lines that end with `lineEnd`.
  public init(lineEnd: LineEnd = .lf) { self.lineEnd = lineEnd }

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
      line(Array(head.utf8), to: &out)
      return
    }
    field(Array(head.utf8), value, to: &out)
  }

  // MARK: Lines

  /// Writes the line that says which LDIF it is, and an empty line after it.
  public func version(to out: inout OutputBuffer) {
    field("version", text: "1", to: &out)
    emptyLine(to: &out)
  }

  /// Writes `text` as one comment, folded where it is long.
  ///
  /// Line breaks, controls (but tabs) and characters that only format (bidirectional ones) are written as
  /// `\u{a}`, so that no data can end the comment or show as what it is not.
  public func comment(_ text: String, to out: inout OutputBuffer) {
    var bytes: [UInt8] = [0x23]
    if !text.isEmpty { bytes.append(0x20) }
    CommentText.append(text, to: &bytes)
    line(bytes, to: &out)
  }

  /// Writes `name: value`, or `name:: ` and Base64 where the value needs it.
  ///
  /// A byte that no attribute description may have becomes `_` in the name: a name can never end
  /// its line.
  public func field(_ name: String, _ value: [UInt8], to out: inout OutputBuffer) {
    field(Self.description(name), value, to: &out)
  }

  /// Writes an empty line, which ends a record.
  public func emptyLine(to out: inout OutputBuffer) { endLine(&out) }

  /// Whether `value` can stand as it is (RFC 2849, `SAFE-STRING` and note 8).
  public static func isSafe(_ value: [UInt8]) -> Bool {
    guard let first = value.first, let last = value.last else { return true }
    if first == 0x20 || first == 0x3A || first == 0x3C || last == 0x20 { return false }
    return value.allSatisfy { $0 < 0x80 && $0 != 0 && $0 != 0x0A && $0 != 0x0D }
  }

  private func field(_ name: String, text: String, to out: inout OutputBuffer) {
    field(Array(name.utf8), Array(text.utf8), to: &out)
  }

  private func field(_ name: [UInt8], _ value: [UInt8], to out: inout OutputBuffer) {
    var bytes = name
    let isSafe = Self.isSafe(value)
    bytes.reserveCapacity(name.count + 3 + (isSafe ? value.count : value.count / 3 * 4 + 4))
    bytes.append(0x3A)
    if isSafe {
      if !value.isEmpty { bytes.append(0x20) }
      bytes.append(contentsOf: value)
    } else {
      bytes.append(contentsOf: [0x3A, 0x20])
      bytes.append(contentsOf: Base64.encode(value))
    }
    line(bytes, to: &out)
  }

  private static func description(_ name: String) -> [UInt8] {
    name.utf8.map { AttributeNames.isNameByte($0) ? $0 : 0x5F }
  }

  /// Writes a line, folded so that no character is cut.
  private func line(_ bytes: [UInt8], to out: inout OutputBuffer) {
    bytes.withByteView { view in
      var start = 0
      var room = Self.width
      while view.count - start > room {
        var end = start + room
        while end > start + 1, view[end] & 0xC0 == 0x80 { end -= 1 }
        out.append(view[start..<end])
        endLine(&out)
        out.append(UInt8(ascii: " "))
        start = end
        room = Self.width - 1
      }
      out.append(view.from(start))
      endLine(&out)
    }
  }

  private func endLine(_ out: inout OutputBuffer) {
    if lineEnd == .crlf { out.append(0x0D) }
    out.append(0x0A)
  }
}

/// Text as a comment may hold it.
enum CommentText {
  static func append(_ text: String, to bytes: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      if isShown(scalar) {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      } else {
        bytes.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".utf8)
      }
    }
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 || scalar == "\t" }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
    default: true
    }
  }
}
