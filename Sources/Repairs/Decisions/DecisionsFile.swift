import Bytes
import Directory
import Tables

/// A CSV file with what people decided: ours (`--report decisions`) or IdFix's own export.
///
/// A spreadsheet may have saved it: UTF-16, a byte order mark, a first line `sep=;`, `;` or tab as
/// separator, other columns in any order and lines that end with LF are accepted, and the guard against
/// formulas is undone.
public struct DecisionsFile: Sendable {
  /// What is to be done.
  public enum Action: String, Sendable {
    case edit = "EDIT"
    /// A value comes to those that are there.
    case add = "ADD"
    case remove = "REMOVE"
    /// It stays as it is.
    case complete = "COMPLETE"

    /// Whether a new value is written.
    var writes: Bool { self == .edit || self == .add }
  }

  /// One decision.
  struct Row: Sendable {
    /// Its number as a spreadsheet shows it; the header is 1.
    var number: Int
    var action: Action
    /// Of the findings about the value; none in IdFix's export and of values that change with others.
    var fingerprints: [String]
    var dn: [UInt8]
    var attribute: String
    /// Empty when there is none.
    var value: [UInt8]
    var newValue: [UInt8]
    /// ACTION as it is written.
    var word: String
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
  /// Those other rows.
  var unread: [Row] = []

  /// How many rows decide to change something.
  public var changes: Int { rows.count { $0.action != .complete } }

  /// A file of `rows`.
  init(rows: [Row]) { self.rows = rows }

  /// Reads the file's `bytes`. Throws for what is no such file.
  public init(_ bytes: [UInt8]) throws(Malformed) {
    let text = TextFile.utf8(bytes)
    guard text.withByteView({ view in UnicodeText.isUTF8(view) }) else {
      throw Malformed(description: "it is not UTF-8; save it as \"CSV UTF-8\"")
    }
    guard !text.isEmpty else { throw Malformed(description: "it is empty") }
    guard var table = CSVRows(text) else {
      throw Malformed(description: "its first line is no CSV header")
    }
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
    let word = String(decoding: cell(columns.action), as: UTF8.self)
      .uppercased().filter { !$0.isWhitespace }
    var row = Row(
      number: number, action: Action(rawValue: word) ?? .complete,
      fingerprints: String(decoding: cell(columns.fingerprints), as: UTF8.self)
        .split(whereSeparator: \.isWhitespace).map(String.init),
      dn: cell(columns.dn), attribute: String(decoding: cell(columns.attribute), as: UTF8.self),
      value: cell(columns.value), newValue: cell(columns.newValue), word: word)
    // IdFix's UPDATE is a proposal; our NEWVALUE without an ACTION is somebody's intention.
    if word.isEmpty, row.newValue.isEmpty || !columns.isOurs { return }
    if row.action.writes, row.newValue.isEmpty { row.newValue = cell(columns.proposedValue) }
    if !columns.isOurs { row.newValue = Self.withoutMark(row.newValue) }
    if let reason = Self.objection(to: row) {
      wrong.append(EditProblem(place: .row(number), dn: row.dn, reason: reason))
      unread.append(row)
    } else {
      rows.append(row)
    }
  }

  /// What is wrong with `row` whatever it is about.
  private static func objection(to row: Row) -> String? {
    if row.word.isEmpty { return "there is a NEWVALUE but no ACTION; write EDIT" }
    if Action(rawValue: row.word) == nil {
      return "ACTION \(row.word) is none of EDIT, REMOVE, COMPLETE, ADD"
    }
    guard row.action.writes else { return nil }
    if row.newValue == Array(SecretLine.mask.utf8) {
      return "\(SecretLine.mask) is what a masked report shows, no value"
    }
    return SpreadsheetDamage.phrase(row.newValue).map { "NEWVALUE \($0)" }
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
    var fingerprints: Int?
    var dn: Int
    var attribute: Int
    var value: Int
    var proposedValue: Int?
    var newValue: Int
    var action: Int

    init(_ header: [[UInt8]]) throws(Malformed) {
      var places: [String: Int] = [:]
      for (index, cell) in header.enumerated() {
        let name = String(decoding: cell, as: UTF8.self).lowercased()
          .filter { !$0.isWhitespace && $0 != "\u{FEFF}" }
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
      fingerprints = places["fingerprints"] ?? places["fingerprint"]
      isOurs = fingerprints != nil || places["newvalue"] != nil
      dn = try place(isOurs ? "dn" : "distinguishedname")
      attribute = try place("attribute")
      value = try place("value")
      proposedValue = places["proposedvalue"]
      newValue = try place(isOurs ? "newvalue" : "update")
      action = try place("action")
    }
  }
}
