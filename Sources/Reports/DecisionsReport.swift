import Bytes
import Findings
import Tables

/// A row per finding that can be repaired or that a person must decide, to be edited in a
/// spreadsheet and read back by `fix --decisions`.
///
/// * `ACTION` is what is to be done: `EDIT`, `REMOVE`, `COMPLETE` (leave it as it is) or nothing (not
///   decided). It is filled in where safe repairs of the whole directory have been tried, on the first
///   finding about a value; what is filled in is what becomes of the value after all of them.
/// * `NEWVALUE` is what `EDIT` writes; where it is empty, `proposedValue`.
/// * `value` is the value that would change, which for a finding about the number of values is the one
///   that the proposal is about.
/// * Of a masked attribute nothing is offered: the mask is no value, and what is not seen is not decided.
/// * Values that are not UTF-8 are left out: they cannot be edited in a spreadsheet.
struct DecisionsReport: Report {
  private struct Row {
    var finding: Finding
    var repair: Proposal
  }

  private let table: CSVTable<Row>

  init(_ cells: CSVCells) { table = CSVTable(Self.columns, cells) }

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    table.header(to: &out)
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    for finding in findings {
      guard var repair = finding.proposal else { continue }
      if finding.annotations.isWithheld {
        repair.action = .none
        repair.value = nil
        repair.reason =
          "The values of \(finding.attribute ?? "it") are masked: nothing is offered here."
      }
      table.append(Row(finding: finding, repair: repair), to: &out)
    }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {}

  private typealias Column = CSVTable<Row>.Column

  private static let columns = [
    Column("fingerprint") { $0.finding.fingerprint },
    Column("dn") { row, cells, out in cells.append(dn: row.finding.dn, to: &out) },
    Column("attribute") { $0.finding.attribute },
    Column("value", value: { $0.repair.target ?? $0.finding.value }),
    Column("rule") { $0.finding.rule },
    Column("name") { $0.finding.name },
    Column("proposedAction") { $0.repair.action.rawValue },
    Column("proposedValue", value: { $0.repair.value }),
    Column("safety") { $0.repair.safety },
    Column("reason", sentence: { $0.repair.reason }),
    Column("ACTION") { row in
      row.finding.annotations.decision.map { $0.action == .remove ? "REMOVE" : "EDIT" }
    },
    Column("NEWVALUE", value: { $0.finding.annotations.decision?.value }),
  ]
}
