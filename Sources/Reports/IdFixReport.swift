import Bytes
import Findings

/// IdFix's columns and an empty `ACTION`, a row per value with all that is wrong with it.
///
/// * `ERROR` has IdFix's words, joined by `, `, each once; a rule that has no counterpart there shows
///   its own name.
/// * `UPDATE` and `PROPOSEDACTION` are those of the first repair that is proposed: `EDIT` also for a
///   value that is to be added, as IdFix has it, `COMPLETE` where the value is to stay as it is, nothing
///   where it is left to a person.
/// * Bytes that are not UTF-8 are shown as `\xff`.
struct IdFixReport: Report {
  let cells: CSVCells

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    out.append("DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,")
    out.append("PROPOSEDACTION,ACTION\r\n")
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    for group in groups(findings) { row(group.map { findings[$0] }, into: &out) }
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

  private func row(_ findings: [Finding], into out: inout OutputBuffer) {
    guard let first = findings.first else { return }
    cells.append(dn: first.dn, to: &out)
    text(first.commonName, into: &out)
    cells.next(first.objectClass, to: &out)
    cells.next(first.attribute, to: &out)
    errors(findings, into: &out)
    let repair = findings.lazy.compactMap(\.proposal).first { $0.action != .none }
    text(first.value ?? repair?.target, into: &out)
    text(repair?.value, into: &out)
    cells.next(action(repair, on: first.value), to: &out)
    out.append(",\r\n")
  }

  private func errors(_ findings: [Finding], into out: inout OutputBuffer) {
    var words: [String] = []
    for finding in findings {
      let word = finding.category ?? finding.name
      if !words.contains(word) { words.append(word) }
    }
    cells.next(words.count == 1 ? words[0] : words.joined(separator: ", "), to: &out)
  }

  private func action(_ repair: Proposal?, on value: [UInt8]?) -> String? {
    switch repair?.action {
    case .edit: repair?.value == value ? "COMPLETE" : "EDIT"
    case .add: "EDIT"
    case .remove: "REMOVE"
    case .some(.none), nil: nil
    }
  }

  private func text(_ bytes: [UInt8]?, into out: inout OutputBuffer) {
    guard let bytes else { return cells.next(nil as String?, to: &out) }
    if ScalarScan.isUTF8(bytes.span) { return cells.next(bytes.span, to: &out) }
    var shown = OutputBuffer()
    shown.append(visible: bytes.span)
    cells.next(shown.bytes.span, to: &out)
  }
}
