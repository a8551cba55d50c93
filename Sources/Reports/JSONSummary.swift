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
      out.append(key: "consequence", count.consequence.rawValue)
      out.append(key: "objects", count.objects)
      out.append(UInt8(ascii: "}"))
    }
    append(key: "byConsequence", summary.byConsequence) { count, out in
      out.append("{\"consequence\":")
      out.append(json: count.consequence.rawValue)
      out.append(key: "findings", count.findings)
      out.append(whom: count.whom)
      out.append(key: "rules", count.rules) { rule, out in
        out.append("{\"rule\":")
        out.append(json: rule.rule)
        out.append(key: "count", rule.count)
        out.append(UInt8(ascii: "}"))
      }
      out.append(UInt8(ascii: "}"))
    }
    append(key: "causes", summary.causes) { $1.append(cause: $0) }
    if !summary.domains.isEmpty {
      append(key: "domains", summary.domains) { $1.append(domain: $0) }
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
    if summary.proposesRepairs { append(key: "leftToPeople", summary.leftToPeople) }
  }

  private mutating func append(whom: Whom) {
    append(key: "objects", whom.objects)
    append(key: "classes", whom.classes.sorted { $0.key < $1.key }) { count, out in
      out.append("{\"objectClass\":")
      out.append(json: count.key)
      out.append(key: "count", count.value)
      out.append(UInt8(ascii: "}"))
    }
    append(key: "disabled", whom.disabled)
    append(key: "mailboxes", whom.mailboxes)
  }

  /// Appends a cause with its counts.
  mutating func append(cause: CauseCount) {
    append("{\"rule\":")
    append(json: cause.rule)
    append(key: "consequence", cause.consequence.rawValue)
    append(key: "severity", cause.severity.name)
    append(key: "by", cause.cause.kind.rawValue)
    append(key: "value", cause.cause.value.isEmpty ? nil : cause.cause.value)
    append(key: "text", cause.sentence)
    append(key: "findings", cause.findings)
    if cause.cause.kind == .group { append(key: "groups", cause.groups) }
    append(key: "safe", cause.safelyFixable)
    append(key: "unsafe", cause.unsafelyFixable)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(domain: DomainCount) {
    append("{\"domain\":")
    append(json: domain.domain)
    append(key: "signInNames", domain.signInNames)
    append(key: "primaries", domain.primaries)
    append(key: "aliases", domain.aliases)
    append(key: "routable", domain.isRoutable)
    if let isVerified = domain.isVerified { append(key: "verified", isVerified) }
    if let isRegistered = domain.isRegistered { append(key: "registered", isRegistered) }
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
