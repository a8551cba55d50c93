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
  /// The changes, in the order of the sources.
  public var verified: VerifiedPlan
  /// How many rows say that a value stays as it is.
  public var kept = 0

  /// Matches `file` with the findings of `result` and tries what it decides. Throws when a copy
  /// cannot be written or a source cannot be read.
  public static func make(
    _ result: LintResult, file: DecisionsFile, spoolFolder: String
  ) throws(SystemError) -> DecisionsPlan {
    var matching = DecisionMatching(file, result)
    matching.run()
    let trial = try EditTrial(
      matching.decided.map(\.request), on: result, spoolFolder: spoolFolder)
    let findings = Dictionary(grouping: trial.findings, by: \.dn)
    var wrong = file.wrong + matching.wrong + trial.wrong
    wrong += matching.decided.filter { trial.carriedOut.contains($0.request.place) }
      .compactMap { $0.objection(findings) }
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
