import Bytes
import Findings

extension OutputBuffer {
  /// Appends the members of a summary after a first one, which the caller wrote.
  mutating func append(summaryMembers summary: RunSummary) {
    append(key: "findings", summary.findings)
    append(",\"bySeverity\":{\"error\":")
    append(decimal: summary.count(of: .error))
    append(key: "warning", summary.count(of: .warning))
    append(key: "info", summary.count(of: .info))
    append(UInt8(ascii: "}"))
    if summary.filtered > 0 { append(key: "filtered", summary.filtered) }
    append(key: "byRule", summary.byRule) { count, out in
      out.append("{\"rule\":")
      out.append(json: count.rule)
      out.append(key: "name", count.name)
      out.append(key: "severity", count.severity.name)
      out.append(key: "count", count.count)
      out.append(key: "mostly", count.mostly)
      out.append(UInt8(ascii: "}"))
    }
    append(key: "entries", summary.entries)
    append(key: "examined", summary.examined) { $1.append(count: $0, named: "objectClass") }
    append(key: "skipped", summary.skipped) { $1.append(count: $0, named: "reason") }
    if !summary.skippedObjects.isEmpty {
      append(key: "skippedObjects", summary.skippedObjects) { $1.append(skipped: $0) }
    }
    append(key: "rules", summary.rules)
    append(",\"fixable\":{\"safe\":")
    append(decimal: summary.safelyFixable)
    append(key: "unsafe", summary.unsafelyFixable)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(count: RunSummary.SkipCount, named key: StaticString) {
    append("{\"")
    append(key)
    append("\":")
    append(json: count.reason)
    append(key: "count", count.count)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(skipped object: RunSummary.SkippedObject) {
    append("{\"source\":")
    append(json: object.source)
    append(key: "line", object.line)
    append(key: "dn", base64Key: "dnBase64", object.dn)
    append(key: "reason", object.reason)
    append(key: "clause", object.clause)
    append(UInt8(ascii: "}"))
  }
}

extension RunSummary {
  /// Findings of one severity.
  func count(of severity: Severity) -> Int {
    let index = Int(severity.rawValue)
    return bySeverity.indices.contains(index) ? bySeverity[index] : 0
  }
}
