import Bytes
import Findings

/// The report as JSON objects, one a line, each with its `type`: `run`, `finding`, `problem`,
/// `summary`. The members are those of the JSON report.
struct NDJSONReport: Report {
  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    out.append("{\"type\":\"run\"")
    out.append(key: "version", jsonShapeVersion)
    out.append(runMembers: header)
    out.append("}\n")
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    for index in findings.indices {
      out.append("{\"type\":\"finding\"")
      out.append(key: "rule", findings[index].rule)
      out.append(findingMembers: findings[index])
      out.append("}\n")
    }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {
    for problem in summary.problems {
      out.append("{\"type\":\"problem\"")
      out.append(key: "kind", problem.kind.rawValue)
      out.append(problemMembers: problem)
      out.append("}\n")
    }
    out.append("{\"type\":\"summary\"")
    out.append(key: "complete", summary.isComplete)
    out.append(summaryMembers: summary)
    out.append("}\n")
  }
}
