import Bytes
import Findings

/// A row per finding that can be repaired or that a person must decide, to be edited in a
/// spreadsheet and read back by `fix --decisions`.
///
/// * `ACTION` is what is to be done: `EDIT`, `REMOVE`, `COMPLETE` (leave it as it is) or nothing (not
///   decided). It is filled in where safe repairs of the whole directory have been tried, on the first
///   finding about a value; what is filled in is what becomes of the value after all of them.
/// * `NEWVALUE` is what `EDIT` writes; where it is empty, `proposedValue`.
/// * `value` is the value that would change, which for a finding about the number of values is the one
///   that the proposal is about.
/// * Values that are not UTF-8 are left out: they cannot be edited in a spreadsheet.
struct DecisionsReport: Report {
  let cells: CSVCells

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    out.append("fingerprint,dn,attribute,value,rule,name,proposedAction,proposedValue,safety,")
    out.append("reason,ACTION,NEWVALUE\r\n")
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    for finding in findings {
      guard let repair = finding.proposal else { continue }
      row(finding, repair, into: &out)
    }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {}

  private func row(
    _ finding: Finding, _ repair: Proposal, into out: inout OutputBuffer
  ) {
    cells.append(finding.fingerprint.utf8Span.span, to: &out)
    out.append(UInt8(ascii: ","))
    cells.append(dn: finding.dn, to: &out)
    cells.next(finding.attribute, to: &out)
    text(repair.target ?? finding.value, into: &out)
    cells.next(finding.rule, to: &out)
    cells.next(finding.name, to: &out)
    cells.next(repair.action.rawValue, to: &out)
    text(repair.value, into: &out)
    cells.next(repair.action == .none ? nil : repair.isSafe ? "safe" : "unsafe", to: &out)
    cells.next(sentence: repair.reason, to: &out)
    guard let decision = finding.annotations.decision else { return out.append(",,\r\n") }
    cells.next(decision.action == .remove ? "REMOVE" : "EDIT", to: &out)
    text(decision.value, into: &out)
    out.append("\r\n")
  }

  private func text(_ bytes: [UInt8]?, into out: inout OutputBuffer) {
    if let bytes, ScalarScan.isUTF8(bytes.span) {
      cells.next(bytes.span, to: &out)
    } else {
      out.append(UInt8(ascii: ","))
    }
  }
}
