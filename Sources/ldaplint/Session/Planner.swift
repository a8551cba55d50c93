import Bytes
import Directory
import LDIF
import Lint
import Repairs
import Reports
import System

/// Where the changes of a patch come from.
enum Planner {
  /// What rules propose.
  case own(RepairRequest)
  /// What people have decided, in the file at `path`.
  case decisions(DecisionsFile, path: String, skipsRefused: Bool)
  /// A patch that people have edited, in the file at `path`.
  case patch(RecordList<ChangeRecord>, path: String)

  /// The planner that works by the decisions file or the patch, where there is one.
  init(
    request: RepairRequest, decisions: String?, skipsRefused: Bool, patch: String?,
    spoolFolder: String
  ) throws {
    if let patch {
      self = .patch(try PatchFile.read(patch, spoolFolder: spoolFolder), path: patch)
    } else if let decisions {
      self = .decisions(
        try DecisionsFile.read(decisions), path: decisions, skipsRefused: skipsRefused)
    } else {
      self = .own(request)
    }
  }

  /// A plan that was tried, and what is wrong with what people have written.
  struct Planned {
    var verified: VerifiedPlan
    var wrong: [EditProblem] = []
    /// Rows that are left out.
    var refused: [RefusedRow] = []
  }

  /// Plans for `result` and tries the plan; nothing else can be planned for it then.
  func plan(for result: LintResult, spoolFolder: String) throws -> Planned {
    do throws(SystemError) {
      switch self {
      case .own(let request):
        return Planned(
          verified: try VerifiedPlan.make(
            result, request: request, spoolFolder: spoolFolder, isLast: true))
      case .decisions(let file, _, let skipsRefused):
        let plan = try DecisionsPlan.make(
          result, file: file, skipsRefused: skipsRefused, spoolFolder: spoolFolder)
        return Planned(verified: plan.verified, wrong: plan.wrong, refused: plan.refused)
      case .patch(let patch, _):
        let check = try PatchCheck.make(result, patch: patch, spoolFolder: spoolFolder)
        return Planned(verified: check.verified, wrong: check.wrong)
      }
    } catch {
      let what =
        if case .patch(_, let path) = self { "\(path): cannot be tried" } else {
          "the patch could not be tried"
        }
      throw Failure("\(what): \(error.sentence)")
    }
  }

  /// Throws what is `wrong`: a line each, and nothing is written.
  func refuse(_ wrong: [EditProblem]) throws {
    guard !wrong.isEmpty else { return }
    let path =
      switch self {
      case .own: ""
      case .decisions(_, let path, _), .patch(_, let path): path
      }
    var failure = Failure("")
    failure.lines = wrong.map { problem in
      let position = problem.place.text.map { "\($0): " } ?? ""
      let dn = problem.dn.isEmpty ? "" : "\(HostileText.shown(SecretLine.shown(dn: problem.dn))): "
      return "\(path): \(position)\(dn)\(HostileText.shown(problem.reason))"
    }
    throw failure
  }
}

extension DecisionsFile {
  /// Reads the file at `path`.
  fileprivate static func read(_ path: String) throws -> DecisionsFile {
    do {
      let file = try ReadableFile(path: path, mustBePlain: true)
      return try DecisionsFile(try file.contents(atMost: .max) ?? [])
    } catch let error as SystemError {
      throw Failure("--decisions \(path): \(error.reason)")
    } catch let error as Malformed {
      throw Failure("--decisions \(path): \(error)")
    }
  }
}
