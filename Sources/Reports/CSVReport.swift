import Bytes
import Findings

/// A row per finding, RFC 4180 with a header and CRLF.
///
/// * Cells that a spreadsheet would run as a formula have an apostrophe in front unless the options
///   say verbatim; `SpreadsheetGuard.unguarded` takes it off.
/// * A value that is not UTF-8 is in `valueBase64` alone; a repair's value that is not is left out.
/// * `evidence` and `related` (`DN|attribute`) have a line, ended by LF, for each; holders beyond those
///   listed are a last line `(and 12 more)`.
/// * In sentences, what a terminal would obey is shown as `\u{1b}`; values are as they are.
/// * A DN's control characters and bytes that are not UTF-8 are escaped as RFC 4514 has it.
struct CSVReport: Report {
  let cells: CSVCells

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    out.append("rule,name,severity,category,syncError,source,line,dn,objectGUID,objectClass,")
    out.append("attribute,value,message,related,fixAction,fixValue,fixSafety,fixReason,")
    out.append("evidence,cloud,valueBase64,fingerprint\r\n")
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    // A span lends its elements; an array would copy each.
    let findings = findings.span
    for index in findings.indices { row(findings[index], into: &out) }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {}

  private func row(_ finding: Finding, into out: inout OutputBuffer) {
    place(finding, into: &out)
    matter(finding, into: &out)
    repair(finding.proposal, into: &out)
    rest(finding, into: &out)
    out.append("\r\n")
  }

  private func place(_ finding: Finding, into out: inout OutputBuffer) {
    cells.append(finding.rule.utf8Span.span, to: &out)
    cells.next(finding.name, to: &out)
    cells.next(finding.severity.name, to: &out)
    cells.next(finding.category, to: &out)
    cells.next(finding.syncError, to: &out)
    cells.next(finding.source, to: &out)
    cells.next(finding.line, to: &out)
    out.append(UInt8(ascii: ","))
    cells.append(dn: finding.dn, to: &out)
    cells.next(finding.objectGUID, to: &out)
    cells.next(finding.objectClass, to: &out)
  }

  private func matter(_ finding: Finding, into out: inout OutputBuffer) {
    cells.next(finding.attribute, to: &out)
    text(finding.value, into: &out)
    cells.next(sentence: finding.message, to: &out)
    var related = finding.related.map { holder in
      var line = OutputBuffer()
      if isPrintableASCII(holder.dn.span) {
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
      related.append(line)
    }
    cells.next(lines: related, to: &out)
  }

  private func repair(_ repair: Proposal?, into out: inout OutputBuffer) {
    cells.next(repair?.action.rawValue, to: &out)
    text(repair?.value, into: &out)
    cells.next(repair?.safety, to: &out)
    cells.next(sentence: repair?.reason, to: &out)
  }

  private func rest(_ finding: Finding, into out: inout OutputBuffer) {
    let evidence = finding.evidence.map { phrase in
      var line = OutputBuffer()
      line.append(visible: phrase)
      return line
    }
    cells.next(lines: evidence, to: &out)
    cells.next(sentence: finding.cloud, to: &out)
    out.append(UInt8(ascii: ","))
    if let value = finding.value, !ScalarScan.isUTF8(value.span) { out.append(base64: value.span) }
    cells.next(finding.fingerprint, to: &out)
  }

  private func text(_ bytes: [UInt8]?, into out: inout OutputBuffer) {
    if let bytes, ScalarScan.isUTF8(bytes.span) {
      cells.next(bytes.span, to: &out)
    } else {
      out.append(UInt8(ascii: ","))
    }
  }
}
