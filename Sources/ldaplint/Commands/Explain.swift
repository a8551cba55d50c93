import ArgumentParser
import Rules

/// `ldaplint explain`: everything about rules, by whatever people know of them.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a rule checks, why, and how it is repaired.",
    discussion: """
      Examples:
        ldaplint explain UPN006
        ldaplint explain AttributeValueMustBeUnique
        ldaplint explain proxyAddresses
      """)

  @Argument(
    help: ArgumentHelp(
      "A rule's id or name; or the beginning of ids, an error, IdFix's word, an attribute.",
      valueName: "what"),
    completion: Completions.rules)
  var what: [String] = []

  @Flag(help: "Every rule.")
  var all = false

  @Option(help: "The pack that has the rule; repeatable.", completion: Completions.packs)
  var pack: [String] = []

  @Option(help: ArgumentHelp("The form.", valueName: "format"))
  var format = RuleFormat.text

  func run() throws {
    let library = RuleOptions.library
    do {
      let rules = try library.packs(pack.isEmpty ? library.names : pack).rules
      let found = try chosen(rules)
      try Terminal.write(try text(found) { try library.document($0) })
    } catch let errors as RulePackErrors {
      throw Failure(errors)
    }
  }

  /// The rules that are meant, each once, sorted by id.
  private func chosen(_ rules: [Rule]) throws -> [Rule] {
    if all { return rules }
    guard !what.isEmpty else {
      throw Failure("say which rule, or --all (see ldaplint explain --help)")
    }
    let search = RuleSearch(rules: rules) { try? RuleOptions.library.document($0) }
    var ids: Set<String> = []
    for text in what {
      let found = search.rules(text)
      guard !found.isEmpty else {
        throw Failure(
          "no rule is called \(text)\(search.hint(text)) (ldaplint rules lists all)")
      }
      ids.formUnion(found.map(\.id))
    }
    return rules.filter { ids.contains($0.id) }
  }

  private func text(
    _ rules: [Rule], _ document: (Rule) throws -> RuleDocument
  ) throws -> String {
    // Wider lines are hard to read.
    let width = min(Terminal.width, 100)
    switch format {
    case .json: return try RuleJSON.text(rules, document: document)
    case .markdown:
      return try rules.map { RuleMarkdown.page($0, try document($0)) }.joined(separator: "\n")
    case .text where rules.count > max(1, what.count) && !all:
      let title = "\(rules.count) rules for \(what.joined(separator: " ")):"
      return RuleTable(rules: rules, width: Terminal.width).text(title)
    case .text:
      return try rules.map { RulePage(rule: $0, document: try document($0), width: width).text }
        .joined(separator: "\n")
    }
  }
}

/// The form in which rules are shown.
enum RuleFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown
}
