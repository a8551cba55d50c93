import Bytes
import Findings

/// The colours of the text report (ECMA-48 SGR). Nothing is said by colour alone.
struct TerminalStyle: Sendable {
  let isColored: Bool

  /// What is emphasised.
  enum Role {
    case strong, faint, severity(Severity), alarm
  }

  /// Begins `role`.
  func begin(_ role: Role, to out: inout OutputBuffer) {
    guard isColored else { return }
    switch role {
    case .strong: out.append("\u{1B}[1m")
    case .faint: out.append("\u{1B}[2m")
    case .severity(.error), .alarm: out.append("\u{1B}[1;31m")
    case .severity(.warning): out.append("\u{1B}[33m")
    case .severity(.info): out.append("\u{1B}[36m")
    }
  }

  /// Ends what was begun.
  func end(to out: inout OutputBuffer) {
    if isColored { out.append("\u{1B}[0m") }
  }

  /// Appends a severity's word, padded to the longest of them.
  func append(_ severity: Severity, to out: inout OutputBuffer) {
    begin(.severity(severity), to: &out)
    out.append(utf8: severity.name)
    end(to: &out)
    out.append(UInt8(ascii: " "), count: Self.severityWidth - severity.name.utf8.count)
  }

  /// The columns of the longest severity's word.
  static let severityWidth = 7
}
