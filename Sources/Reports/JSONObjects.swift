import Bytes
import Findings

/// The version of the shape of the JSON reports.
public let jsonShapeVersion = 2
/// The version of the way in which fingerprints are made.
let jsonFingerprintVersion = 2

extension OutputBuffer {
  /// Appends `,"key":`. Every object of the reports begins with a key that is always there.
  public mutating func append(key: StaticString) {
    append(",\"")
    append(key)
    append("\":")
  }

  /// Appends a member with a text; nothing for nil.
  public mutating func append(key: StaticString, _ text: String?) {
    guard let text else { return }
    append(key: key)
    append(json: text)
  }

  /// Appends a member with a number; nothing for nil.
  mutating func append(key: StaticString, _ number: Int?) {
    guard let number else { return }
    append(key: key)
    append(decimal: number)
  }

  /// Appends a member with a truth value.
  mutating func append(key: StaticString, _ truth: Bool) {
    append(key: key)
    append(truth ? "true" : "false")
  }

  /// Appends a member with bytes of the directory: text as it is, anything else in base64 and under
  /// the other key; nothing for nil.
  mutating func append(key: StaticString, base64Key: StaticString, _ bytes: [UInt8]?) {
    guard let bytes else { return }
    if ScalarScan.isUTF8(bytes.span) {
      append(key: key)
      append(json: bytes.span)
    } else {
      append(key: base64Key)
      append(UInt8(ascii: "\""))
      append(base64: bytes.span)
      append(UInt8(ascii: "\""))
    }
  }

  /// Appends a member with an array, an element by each call of `element`.
  public mutating func append<T>(
    key: StaticString, _ elements: [T], element: (T, inout OutputBuffer) -> Void
  ) {
    append(key: key)
    append(array: elements, separator: ",", element: element)
  }

  /// Appends an array, an element by each call of `element`.
  mutating func append<T>(
    array elements: [T], separator: StaticString, element: (T, inout OutputBuffer) -> Void
  ) {
    append(UInt8(ascii: "["))
    for (index, value) in elements.enumerated() {
      if index > 0 { append(separator) }
      element(value, &self)
    }
    append(UInt8(ascii: "]"))
  }
}

extension OutputBuffer {
  /// Appends the members that say what the run is after a first one, which the caller wrote.
  mutating func append(runMembers header: RunHeader) {
    append(",\"tool\":{\"name\":\"ldaplint\"")
    append(key: "version", header.toolVersion)
    append(key: "ruleDataDate", header.ruleDataDate)
    append(UInt8(ascii: "}"))
    append(key: "fingerprintVersion", jsonFingerprintVersion)
    append(key: "packs", header.packs) { $1.append(json: $0) }
    append(key: "sources", header.sources) { source, out in
      out.append("{\"name\":")
      out.append(json: source.name)
      out.append(key: "forest", source.forest)
      out.append(key: "directory", source.directory)
      out.append(key: "entries", source.entries)
      out.append(key: "bytes", source.bytes)
      out.append(UInt8(ascii: "}"))
    }
  }

  /// Appends problems as an array, each on a line.
  mutating func append(problems: [Problem]) {
    append(array: problems, separator: ",\n") { problem, out in
      out.append("{\"kind\":")
      out.append(json: problem.kind.rawValue)
      out.append(problemMembers: problem)
      out.append(UInt8(ascii: "}"))
    }
  }

  /// Appends the members of a finding after a first one, which the caller wrote.
  mutating func append(findingMembers finding: Finding) {
    append(key: "name", finding.name)
    append(key: "severity", finding.severity.name)
    append(key: "consequence", finding.consequence?.rawValue)
    if let cause = finding.cause {
      append(",\"cause\":{\"by\":")
      append(json: cause.kind.rawValue)
      append(key: "value", cause.value)
      append(UInt8(ascii: "}"))
    }
    append(key: "category", finding.category)
    append(key: "syncError", finding.syncError)
    append(key: "source", finding.source)
    append(key: "line", finding.line)
    append(key: "dn", base64Key: "dnBase64", finding.dn)
    append(key: "objectGUID", finding.objectGUID)
    append(key: "objectClass", finding.objectClass)
    append(key: "attribute", finding.attribute)
    append(key: "value", base64Key: "valueBase64", finding.value)
    append(key: "message", finding.message)
    if !finding.evidence.isEmpty {
      append(key: "evidence", finding.evidence) { $1.append(json: $0) }
    }
    append(key: "cloud", finding.cloud)
    append(key: "role", finding.role?.rawValue)
    if !finding.related.isEmpty {
      append(key: "related", finding.related) { $1.append(related: $0) }
    }
    if finding.relatedOmitted > 0 { append(key: "relatedOmitted", finding.relatedOmitted) }
    if let repair = finding.proposal { append(repair: repair) }
    if !finding.annotations.followers.isEmpty {
      append(key: "alsoChanged", finding.annotations.followers) { $1.append(follower: $0) }
    }
    append(key: "fingerprint", finding.fingerprint)
    append(key: "valueKey", finding.valueKey)
    append(key: "groupKey", finding.groupKey)
  }

  private mutating func append(related: Finding.Related) {
    append("{\"source\":")
    append(json: related.source)
    append(key: "dn", base64Key: "dnBase64", related.dn)
    append(key: "attribute", related.attribute)
    append(key: "value", base64Key: "valueBase64", related.value)
    append(key: "inScope", related.isInScope)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(follower: Finding) {
    append("{\"attribute\":")
    append(json: follower.attribute ?? "")
    append(key: "value", base64Key: "valueBase64", follower.value)
    if let repair = follower.proposal { append(repair: repair) }
    append(key: "valueKey", follower.valueKey)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(repair: Proposal) {
    append(",\"fix\":{\"action\":")
    append(json: repair.action.rawValue)
    append(key: "target", base64Key: "targetBase64", repair.target)
    append(key: "value", base64Key: "valueBase64", repair.value)
    append(key: "safety", repair.safety)
    append(key: "safeValue", base64Key: "safeValueBase64", repair.safeValue)
    append(key: "reason", repair.reason)
    append(UInt8(ascii: "}"))
  }

  /// Appends the members of a problem after a first one, which the caller wrote.
  mutating func append(problemMembers problem: Problem) {
    append(key: "source", problem.source)
    append(key: "line", problem.line)
    append(key: "byteOffset", problem.byteOffset)
    append(key: "dn", problem.dn)
    append(key: "message", problem.message)
    append(key: "raw", base64Key: "rawBase64", problem.raw)
  }
}

extension Proposal {
  /// The word for its safety; a repair that does nothing is neither safe nor unsafe.
  var safety: String? {
    action == .none ? nil : isSafe ? "safe" : "unsafe"
  }
}
