import Bytes
import Findings

/// The report as one JSON object, a finding a line, the summary last.
///
/// Strings hold what the directory holds: bytes that are not UTF-8 are given in base64 under a key of
/// their own, characters that a terminal would obey are escaped. What does not apply is absent.
struct JSONReport: Report {
  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    out.append("{\"version\":")
    out.append(decimal: jsonShapeVersion)
    out.append(runMembers: header)
    out.append(",\n\"findings\":[")
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    // By index, since an element of a loop is a copy, with a count to keep for each of its parts.
    for index in findings.indices {
      out.append(isFirst && index == 0 ? "\n{\"rule\":" : ",\n{\"rule\":")
      out.append(json: findings[index].rule)
      out.append(findingMembers: findings[index])
      out.append(UInt8(ascii: "}"))
    }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {
    out.append("\n],\n\"problems\":")
    out.append(problems: summary.problems)
    out.append(",\n\"summary\":{\"complete\":")
    out.append(summary.isComplete ? "true" : "false")
    out.append(summaryMembers: summary)
    out.append("}}\n")
  }
}
