import Bytes
import Reports
import Rules

/// Rules as JSON, a rule a line; docs/schemas/rules.schema.json has the shape.
struct RuleJSON {
  /// The rules, with what their files say besides where `document` has it.
  static func text(
    _ rules: [Rule], document: (Rule) throws -> RuleDocument?
  ) rethrows -> String {
    var out = OutputBuffer()
    out.append("{\"version\":")
    out.append(decimal: jsonShapeVersion)
    out.append(",\"rules\":[")
    for (number, rule) in rules.enumerated() {
      out.append(number == 0 ? "\n" : ",\n")
      append(rule, try document(rule), to: &out)
    }
    out.append("\n]}\n")
    return out.withByteView(\.string)
  }

  private static func append(_ rule: Rule, _ document: RuleDocument?, to out: inout OutputBuffer) {
    out.append("{\"id\":")
    out.append(json: rule.id)
    out.append(key: "name", rule.name)
    out.append(key: "pack", rule.pack)
    out.append(key: "severity", rule.severity.name)
    out.append(key: "consequence", rule.consequence?.rawValue)
    out.append(key: "because", rule.because)
    out.append(key: "lowered", rule.lowered) { entry, out in
      out.append("{\"severity\":")
      out.append(json: entry.severity.name)
      out.append(key: "when", entry.when.text)
      out.append(UInt8(ascii: "}"))
    }
    out.append(key: "category", rule.category)
    out.append(key: "syncError", rule.syncError)
    out.append(key: "summary", rule.summary)
    out.append(key: "objects", rule.objects == .any ? ["any"] : rule.objects.names)
    out.append(key: "attributes", rule.attributes)
    out.append(key: "types", rule.types)
    out.append(key: "exceptTypes", rule.exceptTypes)
    out.append(key: "scope", rule.scope.rawValue)
    out.append(key: "directory", rule.directory?.rawValue)
    out.append(key: "when", rule.when?.text)
    out.append(key: "needs", rule.needs)
    out.append(key: "after", rule.after.map(\.id))
    appendTexts(rule, to: &out)
    if let document { append(document, to: &out) }
    out.append(UInt8(ascii: "}"))
  }

  private static func appendTexts(_ rule: Rule, to out: inout OutputBuffer) {
    out.append(key: "cloud", rule.cloud) { sentence, out in
      out.append("{\"text\":")
      out.append(json: sentence.text.source)
      if sentence.objects != .any { out.append(key: "objects", sentence.objects.names) }
      out.append(key: "when", sentence.when?.text)
      out.append(UInt8(ascii: "}"))
    }
    out.append(key: "message", rule.message.source)
    if let cause = rule.cause {
      out.append(",\"cause\":{\"by\":")
      out.append(json: cause.kind.rawValue)
      out.append(key: "text", cause.text.source)
      out.append(UInt8(ascii: "}"))
    }
    out.append(key: "repairs", rule.repairs) { repair, out in
      out.append("{\"reason\":")
      out.append(json: repair.reason.source)
      if repair.kind != .leave { out.append(key: "safety", repair.isSafe ? "safe" : "unsafe") }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func append(_ document: RuleDocument, to out: inout OutputBuffer) {
    out.append(key: "why", document.why)
    out.append(key: "references", document.references)
    out.append(key: "bad", document.bad) { append($0, to: &$1) }
    out.append(key: "good", document.good) { append($0, to: &$1) }
  }

  private static func append(_ example: RuleExample, to out: inout OutputBuffer) {
    out.append("{\"options\":")
    out.append(json: example.options.commandLine)
    out.append(key: "sources", example.sources) { source, out in
      out.append("{\"ldif\":")
      out.append(json: source.ldif)
      out.append(key: "forest", source.name)
      out.append(UInt8(ascii: "}"))
    }
    out.append(key: "finds", example.finds) { find, out in
      out.append("{\"dn\":")
      out.append(json: find.dn)
      out.append(key: "attribute", find.attribute)
      out.append(UInt8(ascii: "}"))
    }
    out.append(key: "fixed", example.fixed)
    out.append(UInt8(ascii: "}"))
  }
}

extension OutputBuffer {
  /// Appends a member with a list of texts.
  fileprivate mutating func append(key: StaticString, _ texts: [String]) {
    append(key: key, texts) { $1.append(json: $0) }
  }
}
