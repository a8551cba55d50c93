import Bytes
import Findings

/// The report with a line a finding, as compilers write them: for searching, and for editors.
struct ConciseReport: Report {
  let style: TerminalStyle
  let width: Int

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {}

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    for index in findings.indices { Self.line(findings[index], style, into: &out) }
  }

  /// `source:line: RULE severity DN attribute: message`.
  static func line(_ finding: Finding, _ style: TerminalStyle, into out: inout OutputBuffer) {
    out.append(visible: finding.source)
    if let line = finding.line {
      out.append(UInt8(ascii: ":"))
      out.append(decimal: line)
    }
    out.append(": ")
    out.append(visible: finding.rule)
    out.append(UInt8(ascii: " "))
    style.begin(.severity(finding.severity), to: &out)
    out.append(utf8: finding.severity.name)
    style.end(to: &out)
    out.append(UInt8(ascii: " "))
    out.append(visible: finding.dn.span)
    if let attribute = finding.attribute {
      out.append(UInt8(ascii: " "))
      out.append(visible: attribute)
    }
    out.append(": ")
    out.append(visible: finding.message)
    out.append(UInt8(ascii: "\n"))
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {
    if summary.findings > 0 { out.append(UInt8(ascii: "\n")) }
    TextSummary(style: style, width: width, summary: summary, header: header).counts(into: &out)
  }
}
