import Findings
import LDIF
import Lint
import System

/// A patch that a person has edited, tried on the data as it is now.
public struct PatchCheck: Sendable {
  /// What is wrong, in the order of the patch.
  public var wrong: [EditProblem]
  /// What the patch does, without reasons.
  public var verified: VerifiedPlan

  /// Tries `patch` on the sources of `result`. Throws when a copy cannot be written or a source
  /// cannot be read.
  public static func make(
    _ result: LintResult, patch: RecordList<ChangeRecord>, spoolFolder: String
  ) throws(SystemError) -> PatchCheck {
    var wrong = patch.errors.map {
      EditProblem(place: .line($0.line), dn: [], reason: $0.reason)
    }
    var requests: [EditRequest] = []
    for record in patch.records {
      var request = EditRequest(place: .line(record.line), dn: record.dn, modifications: [])
      guard case .modify(let modifications) = record.kind else {
        wrong.append(
          request.problem("only changes of attributes (changetype: modify) can be checked"))
        continue
      }
      request.modifications = modifications
      requests.append(request)
    }
    let trial = try EditTrial(requests, on: result, spoolFolder: spoolFolder)
    wrong += trial.wrong
    wrong.sort { $0.place < $1.place }
    return PatchCheck(wrong: wrong, verified: trial.verified())
  }
}
