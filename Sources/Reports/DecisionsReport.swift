import Bytes
import Findings

/// A row per finding that can be repaired or that a person must decide, to be edited in a
/// spreadsheet and read back by `fix --decisions`.
///
/// * `ACTION` is what is to be done: `EDIT`, `REMOVE`, `COMPLETE` (leave it as it is) or nothing (not
///   decided). It is filled in for safe proposals; of several for one value only for the first, since
///   the others would change what is no longer there.
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
    var decided: Set<Place> = []
    for finding in findings {
      guard let repair = finding.repair else { continue }
      let place = Place(
        attribute: finding.attribute, value: repair.target ?? finding.value)
      let isDecided = repair.isSafe && repair.action != .none && decided.insert(place).inserted
      row(finding, repair, isDecided: isDecided, into: &out)
    }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {}

  private struct Place: Hashable {
    var attribute: String?
    var value: [UInt8]?
  }

  private func row(
    _ finding: Finding, _ repair: Finding.Repair, isDecided: Bool, into out: inout OutputBuffer
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
    guard isDecided, repair.value.map({ ScalarScan.isUTF8($0.span) }) ?? true else {
      return out.append(",,\r\n")
    }
    cells.next(repair.action == .remove ? "REMOVE" : "EDIT", to: &out)
    text(repair.value, into: &out)
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
