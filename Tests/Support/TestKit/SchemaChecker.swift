import Foundation

/// The part of JSON Schema 2020-12 that the schemas in `docs/schemas` use; anything else in them is a
/// complaint, so that no keyword is passed over in silence.
package struct SchemaChecker {
  typealias Object = [String: Any]

  struct NotASchema: Error {}

  private let file: String
  private let files: [String: Object]

  /// The schema called `file` in `docs/schemas`.
  package init(file: String) throws {
    self.file = file
    var files: [String: Object] = [:]
    for name in ["report.schema.json", "ndjson.schema.json", "rules.schema.json"] {
      let data = try Data(contentsOf: Repository.file("docs/schemas/\(name)"))
      files[name] = try JSONSerialization.jsonObject(with: data) as? Object
    }
    self.files = files
  }

  /// What is wrong with a JSON text by the schema.
  package func complaints(about text: String) throws -> [String] {
    guard let schema = files[file] else { throw NotASchema() }
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return check(value, schema, in: file, at: "").complaints
  }

  private struct Result {
    var complaints: [String] = []
    var evaluated: Set<String> = []
  }

  private func check(_ value: Any, _ schema: Object, in file: String, at path: String) -> Result {
    var result = Result()
    for (keyword, rule) in schema {
      switch keyword {
      case "$schema", "$id", "$defs", "title", "description", "contentEncoding": break
      case "unevaluatedProperties", "additionalProperties": break
      case "$ref":
        guard let reference = rule as? String, let (target, name) = resolve(reference, file) else {
          result.complaints.append("\(path): \(rule) leads nowhere")
          continue
        }
        add(check(value, target, in: name, at: path), to: &result)
      case "oneOf":
        let results = (rule as? [Object] ?? []).map { check(value, $0, in: file, at: path) }
        let fitting = results.filter { $0.complaints.isEmpty }
        if fitting.count == 1 {
          add(fitting[0], to: &result)
        } else {
          result.complaints.append("\(path): \(fitting.count) of oneOf: \(results)")
        }
      case "not":
        if check(value, rule as? Object ?? [:], in: file, at: path).complaints.isEmpty {
          result.complaints.append("\(path): is what it must not be")
        }
      case "properties", "required":
        add(members(value, keyword, rule, in: file, at: path), to: &result)
      case "items":
        for (index, item) in (value as? [Any] ?? []).enumerated() {
          let inner = check(item, rule as? Object ?? [:], in: file, at: "\(path)/\(index)")
          result.complaints += inner.complaints
        }
      default:
        if !fits(value, keyword, rule) { result.complaints.append("\(path): \(keyword) \(rule)") }
      }
    }
    for closing in ["unevaluatedProperties", "additionalProperties"] where schema[closing] != nil {
      let unknown = Set((value as? Object ?? [:]).keys).subtracting(result.evaluated)
      if !unknown.isEmpty { result.complaints.append("\(path): unknown \(unknown.sorted())") }
    }
    return result
  }

  private func add(_ other: Result, to result: inout Result) {
    result.complaints += other.complaints
    result.evaluated.formUnion(other.evaluated)
  }

  private func resolve(_ reference: String, _ file: String) -> (Object, String)? {
    let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
    let name = parts[0].isEmpty ? file : String(parts[0])
    let key = parts[1].replacingOccurrences(of: "/$defs/", with: "")
    let target = (files[name]?["$defs"] as? Object)?[key] as? Object
    return target.map { ($0, name) }
  }

  private func members(
    _ value: Any, _ keyword: String, _ rule: Any, in file: String, at path: String
  ) -> Result {
    var result = Result()
    guard let object = value as? Object else { return result }
    if let required = rule as? [String] {
      for key in required where object[key] == nil {
        result.complaints.append("\(path): \(key) is missing")
      }
      return result
    }
    for (key, schema) in rule as? Object ?? [:] {
      result.evaluated.insert(key)
      guard let member = object[key] else { continue }
      let inner = check(member, schema as? Object ?? [:], in: file, at: "\(path)/\(key)")
      result.complaints += inner.complaints
    }
    return result
  }

  /// Whether `value` satisfies a keyword about it alone.
  private func fits(_ value: Any, _ keyword: String, _ rule: Any) -> Bool {
    let text = value as? String
    let number = (value as? NSNumber)?.intValue ?? 0
    let limit = (rule as? NSNumber)?.intValue ?? 0
    return switch keyword {
    case "type": isOf(type: rule as? String ?? "", value)
    case "const": (value as? NSObject) == (rule as? NSObject)
    case "enum": (rule as? [String])?.contains(text ?? "") ?? false
    case "minimum": number >= limit
    case "minItems": (value as? [Any] ?? []).count >= limit
    case "maxItems": (value as? [Any] ?? []).count <= limit
    case "pattern": text?.range(of: rule as? String ?? "", options: .regularExpression) != nil
    default: false
    }
  }

  private func isOf(type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is Object
    case "array": value is [Any]
    case "string": value is String
    case "integer": value is Int && !(isBoolean(value))
    case "boolean": isBoolean(value)
    default: false
    }
  }

  private func isBoolean(_ value: Any) -> Bool {
    (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
  }
}

/// The folder of the package.
package enum Repository {
  /// The file at `path` in it.
  package static func file(_ path: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: path)
  }
}
