import Bytes
import Directory
import Tables

/// A row of a decisions file that is not done, and why.
public struct RefusedRow: Sendable {
  let row: DecisionsFile.Row
  /// Why not.
  public let problem: EditProblem

  /// Appends a CSV file of `rows`, which can be mended and read as a decisions file. It begins with a
  /// byte order mark, for Excel.
  public static func write(_ rows: [RefusedRow], to out: inout OutputBuffer) {
    let table = CSVTable(columns, CSVCells(isMarked: true))
    table.header(to: &out)
    for row in rows { table.append(row, to: &out) }
  }

  private var isSecret: Bool { SecretAttributes.contains(row.attribute) }

  private static let columns: [CSVTable<RefusedRow>.Column] = [
    CSVTable.Column("row") { String($0.row.number) },
    CSVTable.Column("whyRefused", sentence: { $0.problem.reason }),
    CSVTable.Column("fingerprints") { $0.row.fingerprints.joined(separator: " ") },
    CSVTable.Column("dn") { row, cells, out in
      cells.append(dn: SecretLine.shown(dn: row.row.dn), to: &out)
    },
    CSVTable.Column("attribute") { $0.row.attribute },
    CSVTable.Column(
      "value", value: { $0.isSecret ? Array(SecretLine.mask.utf8) : $0.row.value }),
    CSVTable.Column("ACTION") { $0.row.word },
    CSVTable.Column(
      "NEWVALUE", value: { $0.isSecret ? Array(SecretLine.mask.utf8) : $0.row.newValue }),
  ]
}
