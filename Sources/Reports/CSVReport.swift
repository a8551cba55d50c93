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
  private let cells: CSVCells

  init(_ cells: CSVCells) { self.cells = cells }

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    cells.append(header: Self.columns, to: &out)
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    // By index, since an element of a loop is a copy, with a count to keep for each of its parts.
    for index in findings.indices {
      place(findings, index, &out)
      matter(findings, index, &out)
      repair(findings[index].proposal, &out)
      rest(findings, index, &out)
      out.append("\r\n")
    }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {}

  private static let columns: [StaticString] = [
    "rule", "name", "severity", "category", "syncError", "source", "line", "dn", "objectGUID",
    "objectClass", "attribute", "value", "message", "related", "fixAction", "fixValue", "fixSafety",
    "fixReason", "evidence", "cloud", "valueBase64", "fingerprint", "fixSafeValue", "alsoChanged",
  ]

  private func place(_ findings: [Finding], _ index: Int, _ out: inout OutputBuffer) {
    cells.append(findings[index].rule.utf8Span.span, to: &out)
    cells.next(findings[index].name, to: &out)
    cells.next(findings[index].severity.name, to: &out)
    cells.next(findings[index].category, to: &out)
    cells.next(findings[index].syncError, to: &out)
    cells.next(findings[index].source, to: &out)
    cells.next(number: findings[index].line, to: &out)
    cells.next(dn: findings[index].dn, to: &out)
    cells.next(findings[index].objectGUID, to: &out)
    cells.next(findings[index].objectClass, to: &out)
  }

  private func matter(_ findings: [Finding], _ index: Int, _ out: inout OutputBuffer) {
    cells.next(findings[index].attribute, to: &out)
    cells.next(value: findings[index].value, to: &out)
    cells.next(sentence: findings[index].message, to: &out)
    let omitted = findings[index].relatedOmitted
    if findings[index].related.isEmpty, omitted == 0 {
      cells.next(nil, to: &out)
    } else {
      cells.next(lines: related(findings[index].related, omitted), to: &out)
    }
  }

  private func repair(_ proposal: Proposal?, _ out: inout OutputBuffer) {
    cells.next(proposal?.action.rawValue, to: &out)
    cells.next(value: proposal?.value, to: &out)
    cells.next(proposal?.safety, to: &out)
    cells.next(sentence: proposal?.reason, to: &out)
  }

  private func rest(_ findings: [Finding], _ index: Int, _ out: inout OutputBuffer) {
    if findings[index].evidence.isEmpty {
      cells.next(nil, to: &out)
    } else {
      cells.next(lines: evidence(findings[index].evidence), to: &out)
    }
    cells.next(sentence: findings[index].cloud, to: &out)
    cells.next(base64Of: findings[index].value, to: &out)
    cells.next(findings[index].fingerprint, to: &out)
    cells.next(value: findings[index].proposal?.safeValue, to: &out)
    if findings[index].annotations.followers.isEmpty {
      cells.next(nil, to: &out)
    } else {
      cells.next(lines: changes(findings[index].annotations.followers), to: &out)
    }
  }

  /// A line for each phrase.
  private func evidence(_ phrases: [String]) -> OutputBuffer {
    var text = OutputBuffer()
    for index in phrases.indices {
      if index > 0 { text.append(UInt8(ascii: "\n")) }
      text.append(visible: phrases[index])
    }
    return text
  }

  /// A line for each value that something is done about: `attribute|value|new value|safety`.
  private func changes(_ followers: [Finding]) -> OutputBuffer {
    var text = OutputBuffer()
    for (index, follower) in followers.enumerated() {
      if index > 0 { text.append(UInt8(ascii: "\n")) }
      text.append(visible: follower.attribute ?? "")
      for value in [follower.value, follower.proposal?.value] {
        text.append(UInt8(ascii: "|"))
        if let value { text.append(visible: value.span) }
      }
      text.append(UInt8(ascii: "|"))
      text.append(visible: follower.proposal?.safety ?? "")
    }
    return text
  }

  /// A line for each holder.
  private func related(_ holders: [Finding.Related], _ omitted: Int) -> OutputBuffer {
    var text = OutputBuffer(capacity: holders.count * 96)
    for index in holders.indices {
      if index > 0 { text.append(UInt8(ascii: "\n")) }
      let dn = holders[index].dn
      text.append(cellDN: dn.span)
      text.append(UInt8(ascii: "|"))
      text.append(utf8: holders[index].attribute)
    }
    if omitted > 0 {
      if !holders.isEmpty { text.append(UInt8(ascii: "\n")) }
      text.append("(and ")
      text.append(decimal: omitted)
      text.append(" more)")
    }
    return text
  }
}
