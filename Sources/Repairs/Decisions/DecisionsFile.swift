import Bytes
import Directory

/// A CSV file with what people decided: ours (`--report decisions`) or IdFix's own export.
///
/// A spreadsheet may have saved it: a byte order mark, `;` or tab as separator and lines that end
/// with LF are accepted, and the guard against formulas is undone.
public struct DecisionsFile: Sendable {
  /// What is to be done.
  public enum Action: String, Sendable {
    case edit = "EDIT"
    case remove = "REMOVE"
    /// It stays as it is.
    case complete = "COMPLETE"
  }

  /// One decision.
  struct Row: Sendable {
    /// Its number as a spreadsheet shows it; the header is 1.
    var number: Int
    var action: Action
    /// Nil in IdFix's export.
    var fingerprint: String?
    var dn: [UInt8]
    var attribute: String
    /// Empty when there is none.
    var value: [UInt8]
    var newValue: [UInt8]
  }

  /// Why a file is no decisions file.
  public struct Malformed: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String
  }

  /// Rows with EDIT, REMOVE or COMPLETE.
  var rows: [Row] = []
  /// What is wrong with other rows.
  var wrong: [EditProblem] = []

  /// How many rows decide to change something.
  public var changes: Int { rows.count { $0.action != .complete } }

  /// A file of `rows`.
  init(rows: [Row]) { self.rows = rows }

  /// Reads the file's `bytes`. Throws for what is no such file.
  public init(_ bytes: [UInt8]) throws(Malformed) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard text.withByteView({ view in UnicodeText.isUTF8(view) }) else {
      throw Malformed(description: "it is not UTF-8; save it as \"CSV UTF-8\"")
    }
    guard !text.isEmpty else { throw Malformed(description: "it is empty") }
    var table = try DecisionsTable(text)
    guard let header = table.next() else { throw Malformed(description: "it is empty") }
    let columns = try Columns(header)
    var number = 1
    while let cells = table.next() {
      number += 1
      if cells.allSatisfy(\.isEmpty) { continue }
      read(cells, columns, number)
    }
    if table.isUnclosed {
      throw Malformed(description: "row \(number): a quotation mark is not closed")
    }
  }

  private mutating func read(_ cells: [[UInt8]], _ columns: Columns, _ number: Int) {
    func cell(_ column: Int?) -> [UInt8] {
      guard let column, cells.indices.contains(column) else { return [] }
      return SpreadsheetGuard.unguarded(cells[column])
    }
    let dn = cell(columns.dn)
    let word = String(decoding: cell(columns.action), as: UTF8.self)
      .uppercased().filter { !$0.isWhitespace }
    var newValue = cell(columns.newValue)
    if word.isEmpty {
      // IdFix's UPDATE is a proposal; our NEWVALUE without an ACTION is somebody's intention.
      if columns.isOurs, !newValue.isEmpty {
        wrong.append(
          EditProblem(
            place: .row(number), dn: dn, reason: "there is a NEWVALUE but no ACTION; write EDIT"))
      }
      return
    }
    guard let action = Action(rawValue: word) else {
      wrong.append(
        EditProblem(
          place: .row(number), dn: dn, reason: "ACTION \(word) is none of EDIT, REMOVE, COMPLETE"))
      return
    }
    if action == .edit, newValue.isEmpty { newValue = cell(columns.proposedValue) }
    if !columns.isOurs { newValue = Self.withoutMark(newValue) }
    rows.append(
      Row(
        number: number, action: action,
        fingerprint: columns.fingerprint.map { String(decoding: cell($0), as: UTF8.self) },
        dn: dn, attribute: String(decoding: cell(columns.attribute), as: UTF8.self),
        value: cell(columns.value), newValue: newValue))
  }

  /// IdFix puts `[E]`, `[C]` or `[R]` before what it proposes for a duplicate.
  private static func withoutMark(_ value: [UInt8]) -> [UInt8] {
    for mark in ["[E]", "[C]", "[R]"] where value.starts(with: mark.utf8) {
      return Array(value.dropFirst(3))
    }
    return value
  }

  /// Which column is what.
  private struct Columns {
    var isOurs: Bool
    var fingerprint: Int?
    var dn: Int
    var attribute: Int
    var value: Int
    var proposedValue: Int?
    var newValue: Int
    var action: Int

    init(_ header: [[UInt8]]) throws(Malformed) {
      var places: [String: Int] = [:]
      for (index, cell) in header.enumerated() {
        let name = String(decoding: cell, as: UTF8.self).lowercased().filter { !$0.isWhitespace }
        if places[name] == nil { places[name] = index }
      }
      func place(_ name: String) throws(Malformed) -> Int {
        guard let place = places[name] else {
          throw Malformed(
            description: "it has no column \(name.uppercased()); expected the columns of "
              + "--report decisions or of IdFix's export")
        }
        return place
      }
      isOurs = places["fingerprint"] != nil
      fingerprint = places["fingerprint"]
      dn = try place(isOurs ? "dn" : "distinguishedname")
      attribute = try place("attribute")
      value = try place("value")
      proposedValue = places["proposedvalue"]
      newValue = try place(isOurs ? "newvalue" : "update")
      action = try place("action")
    }
  }
}

/// The cells of a CSV file, record by record.
struct DecisionsTable {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var index = 0
  /// Whether a quotation mark was opened and not closed.
  private(set) var isUnclosed = false

  /// The separator is the one that the first line has most of.
  init(_ bytes: [UInt8]) throws(DecisionsFile.Malformed) {
    self.bytes = bytes
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    let counts = candidates.map { candidate in line.count { $0 == candidate } }
    guard let most = counts.max(), most > 0, let place = counts.firstIndex(of: most) else {
      throw DecisionsFile.Malformed(description: "its first line is no CSV header")
    }
    separator = candidates[place]
  }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// The cells of the next record, or nil at the end.
  mutating func next() -> [[UInt8]]? {
    guard byte != nil else { return nil }
    var cells: [[UInt8]] = []
    while true {
      cells.append(byte == UInt8(ascii: "\"") ? quoted() : bare())
      guard let byte else { return cells }
      index += 1
      if byte == separator { continue }
      if byte == 0x0D, self.byte == 0x0A { index += 1 }
      return cells
    }
  }

  private mutating func bare() -> [UInt8] {
    let start = index
    while let byte, byte != separator, byte != 0x0A, byte != 0x0D { index += 1 }
    return Array(bytes[start..<index])
  }

  private mutating func quoted() -> [UInt8] {
    var cell: [UInt8] = []
    index += 1
    while let byte {
      index += 1
      if byte != UInt8(ascii: "\"") {
        cell.append(byte)
      } else if self.byte == UInt8(ascii: "\"") {
        cell.append(byte)
        index += 1
      } else {
        // What some programs leave between the mark and the separator counts as text.
        return cell + bare()
      }
    }
    isUnclosed = true
    return cell
  }
}
