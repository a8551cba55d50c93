import Bytes
import Findings

/// A report that never sees the values that are to be masked.
struct RedactingReport: Report {
  let report: any Report
  let redaction: Redaction

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    report.begin(header, isComplete: isComplete, into: &out)
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    report.object(redaction.masked(findings), isFirst: isFirst, into: &out)
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {
    report.end(redaction.masked(summary), header, into: &out)
  }
}
