import Bytes
import ArgumentParser
import Rules

/// `ldaplint explain`: everything about one rule.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a rule checks, why, and how it is repaired.",
    discussion: """
      Examples:
        ldaplint explain UPN006
        ldaplint explain duplicate-address
      """)

  @Argument(help: "A rule's id or name.", completion: Completions.rules)
  var rule: String

  @Option(help: "The pack that has the rule; repeatable.", completion: Completions.packs)
  var pack: [String] = []

  func run() throws {
    let library = RuleOptions.library
    let found: Rule
    do {
      let packs = try library.packs(pack.isEmpty ? library.names : pack)
      found = try Self.find(rule, in: packs.rules)
    } catch let errors as RulePackErrors {
      throw Failure(errors)
    }
    let document: RuleDocument
    do throws(RulePackErrors) {
      document = try library.document(found)
    } catch {
      throw Failure(error)
    }
    try Terminal.write(RulePage(rule: found, document: document).text)
  }

  static func find(_ text: String, in rules: [Rule]) throws -> Rule {
    let wanted = text.lowercased()
    if let rule = rules.first(where: { $0.id.lowercased() == wanted || $0.name == wanted }) {
      return rule
    }
    let names = rules.flatMap { [$0.id, $0.name] }
    let nearest = NearestName.of(text, in: names).map { "; did you mean \($0)?" } ?? ""
    throw Failure("no rule is called \(text)\(nearest) (ldaplint rules lists all)")
  }
}

/// What `explain` prints of a rule.
struct RulePage {
  var rule: Rule
  var document: RuleDocument

  var text: String {
    var lines = [
      "\(rule.id) \(rule.name) (\(rule.severity.name), pack \(rule.pack))", rule.summary, "",
    ]
    lines.append(document.why.trimmedLines)
    lines.append("")
    lines.append("Looks at:    \(rule.attributes.joined(separator: ", "))")
    lines.append("Of:          \(objectNames)")
    if let consequence = rule.consequence {
      let reason = rule.because.map { ": \($0)" } ?? ""
      lines.append("Consequence: \(consequence.rawValue)\(reason)")
    }
    if !rule.after.isEmpty {
      lines.append("Silent after: \(rule.after.map(\.id).joined(separator: ", "))")
    }
    if let category = rule.category { lines.append("IdFix name:  \(category)") }
    if let error = rule.syncError { lines.append("Sync error:  \(error)") }
    if let when = rule.when { lines.append("When:        \(when.text)") }
    if !rule.repairs.isEmpty {
      lines.append("Repairs:")
      for repair in rule.repairs {
        let safety = repair.kind == .leave ? "for a person" : repair.isSafe ? "safe" : "unsafe"
        lines.append("  (\(safety)) \(repair.reason.source)")
      }
    }
    lines += examples("Fires on", document.bad) + examples("Accepts", document.good)
    if !document.references.isEmpty {
      lines.append("References:")
      lines += document.references.map { "  \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var objectNames: String {
    let all = ObjectClass.allCases.filter { rule.objects.contains($0) }
    return all.count == ObjectClass.allCases.count
      ? "any object" : all.map(\.name).joined(separator: ", ")
  }

  /// An example that needs more, such as a hundred values, is clear from its beginning.
  private static let exampleLines = 24

  private func examples(_ title: String, _ examples: [RuleExample]) -> [String] {
    guard let first = examples.first else { return [] }
    var lines = ["\(title):"]
    for source in first.sources {
      if let name = source.name { lines.append("  # forest \(name)") }
      let ldif = source.ldif.trimmedLines.split(separator: "\n", omittingEmptySubsequences: false)
      lines += ldif.prefix(Self.exampleLines).map { $0.isEmpty ? "" : "  \($0)" }
      if ldif.count > Self.exampleLines { lines.append("  …") }
      lines.append("")
    }
    return lines
  }
}

extension String {
  fileprivate var trimmedLines: String {
    var text = self
    while text.last?.isNewline ?? false { text.removeLast() }
    return text
  }
}

extension Template {
  /// The text as its rule has it, with placeholders in braces.
  var source: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .placeholder(let placeholder): "{\(placeholder.rawValue)}"
      }
    }.joined()
  }
}
