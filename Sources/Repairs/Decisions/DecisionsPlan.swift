import Bytes
import Directory
import Findings
import LDIF
import Lint
import System

/// What people decided, tried on the data as it is now.
public struct DecisionsPlan: Sendable {
  /// What is wrong, in the order of the rows; nothing may be written unless it is empty.
  public var wrong: [EditProblem] = []
  /// What is wrong with rows that were left out, where that was asked for.
  public var refused: [RefusedRow] = []
  /// The changes, in the order of the sources.
  public var verified: VerifiedPlan
  /// How many rows say that a value stays as it is.
  public var kept = 0

  /// Matches `file` with the findings of `result` and tries what it decides. Throws when a copy
  /// cannot be written or a source cannot be read.
  ///
  /// Where it `skipsRefused`, rows that are refused are left out and the others tried again, until none
  /// is refused.
  public static func make(
    _ result: LintResult, file: DecisionsFile, skipsRefused: Bool = false, spoolFolder: String
  ) throws(SystemError) -> DecisionsPlan {
    var file = file
    var refused: [RefusedRow] = []
    while true {
      var plan = try attempt(result, file, spoolFolder)
      var rows: [Int: EditProblem] = [:]
      for problem in plan.wrong {
        if case .row(let number) = problem.place { rows[number] = problem }
      }
      guard skipsRefused, !rows.isEmpty else {
        plan.refused = refused.sorted { $0.row.number < $1.row.number }
        return plan
      }
      for row in file.rows + file.unread {
        if let problem = rows[row.number] { refused.append(RefusedRow(row: row, problem: problem)) }
      }
      file.rows.removeAll { rows[$0.number] != nil }
      file.unread = []
      file.wrong = []
    }
  }

  private static func attempt(
    _ result: LintResult, _ file: DecisionsFile, _ spoolFolder: String
  ) throws(SystemError) -> DecisionsPlan {
    var matching = DecisionMatching(file, result)
    matching.run()
    var trial = try EditTrial(
      matching.decided.map(\.request), on: result, spoolFolder: spoolFolder)
    let findings = Dictionary(grouping: trial.findings, by: \.dn)
    var wrong = file.wrong + matching.wrong + trial.wrong
    for row in matching.decided where trial.carriedOut.contains(row.request.place) {
      guard let objection = row.objection(findings), try !trial.isPlanned(row.request) else {
        continue
      }
      wrong.append(objection)
    }
    wrong.sort { $0.place < $1.place }
    var rows: Set<EditProblem.Place> = []
    wrong.removeAll { $0.place != .whole && !rows.insert($0.place).inserted }
    let reasons = Dictionary(
      uniqueKeysWithValues: matching.decided.map { ($0.request.place, $0.reason) })
    return DecisionsPlan(
      wrong: wrong, verified: trial.verified { reasons[$0.place] },
      kept: file.rows.count { $0.action == .complete })
  }
}
