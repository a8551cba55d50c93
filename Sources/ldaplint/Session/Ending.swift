import ArgumentParser
import Findings

/// How a run that lints ends: what is said of what it could not see, and the status.
struct Ending {
  /// What the run says about itself, masked as its reports are.
  var summary: RunSummary
  var options: EndingOptions
  var isQuiet: Bool
  /// What is said when not everything was seen.
  var incomplete = "the result is incomplete"

  /// Problems that are named on standard error.
  private static let listed = 20

  /// Throws the status unless it is 0: `new` findings that a patch would cause make it a failure,
  /// `count` findings make it 1.
  func end(new: Int = 0, findings count: Int) throws {
    if !summary.isComplete {
      tell()
      if Interrupt.isRequested { throw ExitCode(ExitStatus.interrupted) }
      if !options.allowIncomplete { throw ExitCode(ExitStatus.failed) }
    }
    if new > 0 {
      Terminal.note("the patch would cause \(new) new findings; do not apply it")
      throw ExitCode(ExitStatus.failed)
    }
    if count > 0 { throw ExitCode(ExitStatus.findings) }
  }

  /// Throws when nothing was read: of nothing comes no patch, and yesterday's stays what it is.
  func refuseNothing() throws {
    guard summary.entries == 0 else { return }
    tellProblems()
    throw Failure("nothing was read, so nothing is written")
  }

  /// Tells what is worth knowing of what the user asked for, where no report shows it.
  func tellRequest() {
    guard !isQuiet else { return }
    for problem in summary.problems where problem.concernsRequest { Terminal.note(problem.oneLine) }
  }

  /// Names what was not seen where the report may go unread.
  private func tell() {
    guard !isQuiet else { return }
    tellProblems()
    Terminal.note(incomplete)
  }

  private func tellProblems() {
    let problems = summary.problems.filter(\.makesIncomplete)
    for problem in problems.prefix(Self.listed) { Terminal.note(problem.oneLine) }
    if problems.count > Self.listed {
      Terminal.note("and \(problems.count - Self.listed) more problems")
    }
  }
}

extension Problem {
  /// Where and what, for standard error. The line itself stays out: logs keep what is printed here, and
  /// a broken line may hold a password.
  var oneLine: String {
    var place = source ?? ""
    if let line { place += ":\(line)" }
    if let byteOffset { place += " (byte \(byteOffset))" }
    if let dn { place += place.isEmpty ? dn : ": \(dn)" }
    return place.isEmpty ? message : "\(place): \(message)"
  }
}
