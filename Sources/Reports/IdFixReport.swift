import Bytes
import Findings
import Tables

/// IdFix's columns and an empty `ACTION`, a row per value with all that is wrong with it.
///
/// * `ERROR` has IdFix's words, joined by `, `, each once; a rule that has no counterpart there shows
///   its own name.
/// * `UPDATE` and `PROPOSEDACTION` are those of the first repair that is proposed: `EDIT` also for a
///   value that is to be added, as IdFix has it, `COMPLETE` where the value is to stay as it is, nothing
///   where it is left to a person.
/// * Bytes that are not UTF-8 are shown as `\xff`.
struct IdFixReport: Report {
  /// The findings on one value, and the repair that is proposed for it.
  private struct Row {
    var first: Finding
    var words: [String]
    var repair: Proposal?
  }

  private let table: CSVTable<Row>

  init(_ cells: CSVCells) { table = CSVTable(Self.columns, cells) }

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    table.header(to: &out)
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    for group in groups(findings) {
      table.append(Self.row(group.map { findings[$0] }, first: findings[group[0]]), to: &out)
    }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {}

  private struct Key: Hashable {
    var attribute: String?
    var value: [UInt8]?
  }

  /// The findings' indices by value, in the order in which the values appear.
  private func groups(_ findings: [Finding]) -> [[Int]] {
    if findings.count == 1 { return [[0]] }
    var groups: [[Int]] = []
    var places: [Key: Int] = [:]
    for (index, finding) in findings.enumerated() {
      let key = Key(attribute: finding.attribute?.lowercased(), value: finding.value)
      if let place = places[key] {
        groups[place].append(index)
      } else {
        places[key] = groups.count
        groups.append([index])
      }
    }
    return groups
  }

  private static func row(_ findings: [Finding], first: Finding) -> Row {
    var row = Row(first: first, words: [])
    for finding in findings {
      let word = finding.category ?? finding.name
      if !row.words.contains(word) { row.words.append(word) }
    }
    row.repair = findings.lazy.compactMap(\.proposal).first { $0.action != .none }
    return row
  }

  private typealias Column = CSVTable<Row>.Column

  private static let columns = [
    Column("DISTINGUISHEDNAME") { row, cells, out in cells.append(dn: row.first.dn, to: &out) },
    shown("COMMONNAME") { $0.first.commonName },
    Column("OBJECTCLASS") { $0.first.objectClass },
    Column("ATTRIBUTE") { $0.first.attribute },
    Column("ERROR") { $0.words.count == 1 ? $0.words[0] : $0.words.joined(separator: ", ") },
    shown("VALUE") { $0.first.value ?? $0.repair?.target },
    shown("UPDATE") { $0.repair?.value },
    Column("PROPOSEDACTION") { action($0.repair, on: $0.first.value) },
    Column("ACTION") { (_: Row) -> String? in nil },
  ]

  /// A column of values; what is not UTF-8 is shown.
  private static func shown(
    _ name: StaticString, _ value: @escaping @Sendable (Row) -> [UInt8]?
  ) -> Column {
    Column(name) { row, cells, out in
      guard let value = value(row) else { return }
      if ScalarScan.isUTF8(value.span) { return cells.append(value.span, to: &out) }
      cells.append(HostileText.shown(value).utf8Span.span, to: &out)
    }
  }

  private static func action(_ repair: Proposal?, on value: [UInt8]?) -> String? {
    switch repair?.action {
    case .edit: repair?.value == value ? "COMPLETE" : "EDIT"
    case .add: "EDIT"
    case .remove: "REMOVE"
    case .some(.none), nil: nil
    }
  }
}
