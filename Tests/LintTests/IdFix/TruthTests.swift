import Findings
import Foundation
import Lint
import TestKit
import Testing

/// The packs that take IdFix's place, on the objects that IdFix's own test script creates: every
/// true error is found, also those that IdFix missed, and none of the false ones.
@Suite struct TruthTests {
  /// A row of a truth table.
  struct Row: Hashable, CustomStringConvertible {
    var dn: String
    var attribute: String
    var error: String
    var value: String
    var description: String { "\(dn) \(attribute) \(error) \"\(value)\"" }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  @Test(arguments: [("idfix-multi-tenant", "multi-tenant"), ("idfix-dedicated", "dedicated")])
  func packFindsWhatIsTrue(_ pack: String, _ table: String) throws {
    let rows = try Self.rows(table)
    let wanted = Set(rows.filter { $0.verdict != "false" }.map(\.row))
    let wrong = Set(rows.filter { $0.verdict == "false" }.map(\.row))
    let found = Set(try Self.findings(pack))
    #expect(wanted.count > 80 && !wrong.isEmpty)
    #expect(wanted.subtracting(found).map(\.description).sorted() == [], "not found")
    #expect(wrong.intersection(found).map(\.description).sorted() == [], "false, but found")
    #expect(found.subtracting(wanted).map(\.description).sorted() == [], "found, but not true")
  }

  static func rows(_ table: String) throws -> [(row: Row, verdict: String)] {
    let text = try String(contentsOf: folder.appending(path: "\(table).csv"), encoding: .utf8)
    return CSVRows.parse(text).dropFirst().map { cells in
      (Row(dn: cells[0], attribute: cells[1], error: cells[2], value: cells[3]), cells[4])
    }
  }

  static func findings(_ name: String) throws -> [Row] {
    let source = try Lint.source(file: folder.appending(path: "testset.ldif").path)
    let run = try LintRun(
      ruleSet: Lint.rules(name), sources: [source], options: LintOptions())
    return try run.run().findings().map { finding in
      Row(
        dn: String(decoding: finding.dn, as: UTF8.self), attribute: finding.attribute ?? "",
        error: finding.category ?? "",
        value: String(decoding: finding.value ?? [], as: UTF8.self))
    }
  }
}

/// A reader of RFC 4180, strict about quotes.
enum CSVRows {
  static func parse(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let next = scalars.popFirst() {
      switch (next, isQuoted) {
      case ("\"", true):
        if scalars.first == "\"" {
          cell.unicodeScalars.append("\"")
          scalars = scalars.dropFirst()
        } else {
          isQuoted = false
        }
      case ("\"", false): isQuoted = true
      case (",", false):
        row.append(cell)
        cell = ""
      case ("\r", false): break
      case ("\n", false):
        rows.append(row + [cell])
        row = []
        cell = ""
      default: cell.unicodeScalars.append(next)
      }
    }
    if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell]) }
    return rows
  }
}
