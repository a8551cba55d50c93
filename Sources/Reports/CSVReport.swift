import Bytes
import Findings
import Tables

/// A row per finding, RFC 4180 with a header and CRLF.
///
/// * Cells that a spreadsheet would run as a formula have an apostrophe in front unless the options
///   say verbatim; `SpreadsheetGuard.unguarded` takes it off.
/// * A value that is not UTF-8 is in `valueBase64` alone; a repair's value that is not is left out.
/// * `fixSafeValue` is what safe repairs alone would write, where others go on from it; `alsoChanged`, on
///   the first row of an object, is what else the plan changes of it, though nothing is found about it.
/// * `evidence` and `related` (`DN|attribute`) have a line, ended by LF, for each; holders beyond those
///   listed are a last line `(and 12 more)`.
/// * In sentences, what a terminal would obey is shown as `\u{1b}`; values are as they are.
/// * A DN's control characters and bytes that are not UTF-8 are escaped as RFC 4514 has it.
struct CSVReport: Report {
  private let table: CSVTable<Finding>

  init(_ cells: CSVCells) { table = CSVTable(Self.columns, cells) }

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    table.header(to: &out)
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    // A span lends its elements; an array would copy each.
    let findings = findings.span
    for index in findings.indices { table.append(findings[index], to: &out) }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {}

  private typealias Column = CSVTable<Finding>.Column

  private static let columns: [Column] = place + matter + repair + rest

  private static let place = [
    Column("rule") { $0.rule },
    Column("name") { $0.name },
    Column("severity") { $0.severity.name },
    Column("category") { $0.category },
    Column("syncError") { $0.syncError },
    Column("source") { $0.source },
    Column("line") { finding, _, out in
      if let line = finding.line { out.append(decimal: line) }
    },
    Column("dn") { finding, cells, out in cells.append(dn: finding.dn, to: &out) },
    Column("objectGUID") { $0.objectGUID },
    Column("objectClass") { $0.objectClass },
  ]

  private static let matter = [
    Column("attribute") { $0.attribute },
    Column("value", value: { $0.value }),
    Column("message", sentence: { $0.message }),
    Column("related") { finding, cells, out in cells.append(lines: related(finding), to: &out) },
  ]

  private static let repair = [
    Column("fixAction") { $0.proposal?.action.rawValue },
    Column("fixValue", value: { $0.proposal?.value }),
    Column("fixSafety") { $0.proposal?.safety },
    Column("fixReason", sentence: { $0.proposal?.reason }),
  ]

  private static let rest = [
    Column("evidence") { finding, cells, out in
      let lines = finding.evidence.map { phrase in
        var line = OutputBuffer()
        line.append(visible: phrase)
        return line
      }
      cells.append(lines: lines, to: &out)
    },
    Column("cloud", sentence: { $0.cloud }),
    Column("valueBase64") { finding, _, out in
      guard let value = finding.value, !ScalarScan.isUTF8(value.span) else { return }
      out.append(base64: value.span)
    },
    Column("fingerprint") { $0.fingerprint },
    Column("fixSafeValue", value: { $0.proposal?.safeValue }),
    Column("alsoChanged") { finding, cells, out in
      cells.append(lines: finding.annotations.followers.map(line), to: &out)
    },
  ]

  /// What is done about a value: `attribute|value|new value|safety`.
  private static func line(_ follower: Finding) -> OutputBuffer {
    var line = OutputBuffer()
    line.append(visible: follower.attribute ?? "")
    for value in [follower.value, follower.proposal?.value] {
      line.append(UInt8(ascii: "|"))
      if let value { line.append(visible: value.span) }
    }
    line.append(UInt8(ascii: "|"))
    line.append(visible: follower.proposal?.safety ?? "")
    return line
  }

  private static func related(_ finding: Finding) -> [OutputBuffer] {
    var lines = finding.related.map { holder in
      var line = OutputBuffer()
      if holder.dn.span.isPrintableASCII {
        line.append(holder.dn)
      } else {
        line.append(cellDN: holder.dn.span)
      }
      line.append(UInt8(ascii: "|"))
      line.append(utf8: holder.attribute)
      return line
    }
    if finding.relatedOmitted > 0 {
      var line = OutputBuffer()
      line.append("(and ")
      line.append(decimal: finding.relatedOmitted)
      line.append(" more)")
      lines.append(line)
    }
    return lines
  }
}
