import Bytes
import Findings
import Lint
import System

/// What a decisions report fills in: the repairs of a plan that has been tried.
///
/// The rows that come of it have been read back and tried as well, so that a file that nobody edited
/// is accepted.
public struct FilledDecisions: FindingStage {
  /// A finding's row.
  private struct Key: Hashable {
    var fingerprint: String
    var value: [UInt8]?
  }

  private var decisions: [Key: Decision] = [:]

  /// Objects are left undecided at most this often when their rows would be refused.
  private static let maximumTries = 8

  /// Plans and tries what is to be filled in for the findings of `result`, whose run must have kept
  /// the index. Throws when a copy cannot be written or read.
  public init(
    _ result: LintResult, request: RepairRequest, spoolFolder: String
  ) throws(SystemError) {
    let plan = try PlanSearch.plan(result, request: request)
    result.releaseIndex()
    var outcomes: [[UInt8]: [Outcome]] = [:]
    for object in plan.objects { outcomes[object.dn] = Self.outcomes(object) }
    for _ in 0..<Self.maximumTries {
      guard !outcomes.isEmpty else { return }
      let rows = rows(result, outcomes)
      let wrong = try DecisionsPlan.make(
        result, file: DecisionsFile(rows: rows.map(\.row)), spoolFolder: spoolFolder
      ).wrong
      if wrong.isEmpty {
        for row in rows { decisions[row.key] = row.decision }
        return
      }
      let names = Set(wrong.map(\.dn))
      outcomes = outcomes.filter { !names.contains($0.key) }
      // What no row can be told to cause is caused by all of them.
      if wrong.contains(where: { $0.place == .whole }) { outcomes = [:] }
    }
  }

  /// Says of each finding what is filled in.
  public func pass(_ findings: inout [Finding]) {
    for index in findings.indices {
      findings[index].annotations.decision = decisions[Self.key(findings[index])]
    }
  }

  private static func key(_ finding: Finding) -> Key {
    Key(fingerprint: finding.fingerprint, value: finding.proposal?.target ?? finding.value)
  }

  // MARK: Outcomes

  /// What becomes of one value in the end.
  private struct Outcome {
    var attribute: String
    var old: [UInt8]?
    var new: [UInt8]?
  }

  /// Step upon step of one value are one outcome.
  private static func outcomes(_ object: ObjectEdit) -> [Outcome] {
    var outcomes: [Outcome] = []
    for reason in object.reasons {
      let place = outcomes.lastIndex {
        $0.attribute == reason.attribute && $0.new != nil && $0.new == reason.edit.old
      }
      if let place {
        outcomes[place].new = reason.edit.new
      } else {
        outcomes.append(
          Outcome(attribute: reason.attribute, old: reason.edit.old, new: reason.edit.new))
      }
    }
    return outcomes.filter { $0.old != $0.new }
  }

  // MARK: Rows

  private struct FilledRow: Sendable {
    var key: Key
    var decision: Decision
    var row: DecisionsFile.Row
  }

  /// A row for each outcome, on the first finding that is about its value.
  private func rows(_ result: LintResult, _ outcomes: [[UInt8]: [Outcome]]) -> [FilledRow] {
    var found: [Finding] = []
    result.render { objects, _ in
      objects.flatMap { $0 }.filter { $0.proposal != nil && outcomes[$0.dn] != nil }
    } consume: { part in
      found += part
      return true
    }
    var rows: [FilledRow] = []
    var open = outcomes
    for finding in found {
      let key = Self.key(finding)
      let place = open[finding.dn]?.firstIndex {
        $0.attribute == finding.attribute && $0.old == key.value
      }
      guard let place, let outcome = open[finding.dn]?.remove(at: place),
        outcome.new.map(Self.isText) ?? true, key.value.map(Self.isText) ?? true
      else { continue }
      let action: DecisionsFile.Action = outcome.new == nil ? .remove : .edit
      rows.append(
        FilledRow(
          key: key,
          decision: Decision(
            action: outcome.new == nil ? .remove : .edit, value: outcome.new),
          row: DecisionsFile.Row(
            number: rows.count + 2, action: action, fingerprint: finding.fingerprint,
            dn: finding.dn, attribute: outcome.attribute, value: key.value ?? [],
            newValue: outcome.new ?? [])))
    }
    return rows
  }

  /// Whether a spreadsheet can show `value`.
  private static func isText(_ value: [UInt8]) -> Bool {
    String(validating: value, as: UTF8.self) != nil
  }
}
