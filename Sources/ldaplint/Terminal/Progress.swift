import Findings
import LDAP
import Lint

/// A line on the terminal that says how far the reading of a directory is. Nothing in a pipe.
final class Progress {
  private let name: String
  private let tally: FindingTally
  private let status: StatusLine
  private var latest: LDAPProgress?

  /// The progress of the source called `name`, and of the run that counts its findings in `tally`;
  /// nothing of it is shown when `isQuiet`.
  init(_ name: String, tally: FindingTally, isQuiet: Bool) {
    self.name = name
    self.tally = tally
    status = StatusLine(after: .milliseconds(500), isQuiet: isQuiet)
  }

  /// Takes note of how far things are.
  func advance(_ progress: LDAPProgress) {
    latest = progress
    draw()
  }

  /// Shows how far things are, when it is time.
  func draw() {
    status.draw { Self.line(name, latest, findings: tally.count, seconds: $0) }
  }

  /// Takes the line away.
  func finish() { status.finish() }

  /// `12,000 of 50,000 objects, 8,400/s, 37 findings so far, ldaps://dc1`: what changes comes first,
  /// so that a narrow terminal shows it.
  static func line(
    _ name: String, _ progress: LDAPProgress?, findings: Int, seconds: Double
  ) -> String {
    guard let progress, progress.entries > 0 else { return "waiting for \(name)" }
    var text = grouped(progress.entries)
    // An estimate that has been passed is none.
    if let total = progress.total, total >= progress.entries { text += " of \(grouped(total))" }
    text += " objects"
    if seconds > 0 { text += ", \(grouped(Int(Double(progress.entries) / seconds)))/s" }
    text += findings == 1 ? ", 1 finding so far" : ", \(grouped(findings)) findings so far"
    return text + ", \(name)"
  }
}
