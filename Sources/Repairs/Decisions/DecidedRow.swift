import Directory
import Findings

/// A row that was understood.
struct DecidedRow {
  var row: DecisionsFile.Row
  var request: EditRequest
  /// The findings that it is about; none where IdFix found something that no rule here does.
  var findings: [Finding]
  var attribute: String
  var old: [UInt8]?

  var new: [UInt8]? { row.action.writes ? row.newValue : nil }

  var reason: ObjectEdit.Reason {
    let first = findings.first
    let row = "Decided in row \(row.number)."
    // The rule's reason is that of its own proposal alone.
    let proposal = first?.proposal.flatMap { repair in
      repair.action != .none && repair.value == new ? repair : nil
    }
    return ObjectEdit.Reason(
      rule: first.map { "\($0.rule) \($0.name)" } ?? "IdFix", attribute: attribute,
      edit: ValueEdit(old: old, new: new), isSafe: proposal?.isSafe ?? false,
      text: proposal.map { "\($0.reason) \(row)" } ?? row)
  }

  /// What is wrong when none of its findings is gone; `now` has the findings of changed objects by DN.
  func objection(_ now: [[UInt8]: [Finding]]) -> EditProblem? {
    let remaining = findings.compactMap { finding in
      now[finding.dn]?.first { now in
        now.rule == finding.rule && now.attribute == finding.attribute
          && (now.fingerprint == finding.fingerprint || (new != nil && now.value == new))
      }
    }
    guard !findings.isEmpty, remaining.count == findings.count, let first = remaining.first else {
      return nil
    }
    return request.problem("\(first.rule) still applies: \(first.message)")
  }
}
