import ArgumentParser
import Checks
import Lint
import Rules

/// `ldaplint rules`: lists rules and checks packs.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules, or check a pack of your own.",
    discussion: """
      Examples:
        ldaplint rules
        ldaplint rules --pack idfix-multi-tenant --min-severity error
        ldaplint rules --format json
      """,
    subcommands: [List.self, CheckPack.self], defaultSubcommand: List.self)

  /// `ldaplint rules list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the rules.",
      discussion: """
        Examples:
          ldaplint rules list --select DUP
          ldaplint rules list --pack ./rules-of-our-own
        """)

    @OptionGroup var rules: RuleOptions

    @Option(help: ArgumentHelp("The form.", valueName: "format"))
    var format = RuleFormat.text

    func run() throws {
      var packs = try rules.chosenPacks()
      packs.rules.removeAll { $0.severity < rules.minimumSeverity }
      let shown = packs.rules
      switch format {
      case .json: return try Terminal.write(RuleJSON.text(shown) { _ in nil })
      case .markdown: return try Terminal.write(RuleMarkdown.index(packs))
      case .text: break
      }
      let idWidth = shown.map(\.id.count).max() ?? 0
      let nameWidth = shown.map(\.name.count).max() ?? 0
      for rule in shown {
        let id = rule.id.padded(to: idWidth)
        let severity = rule.severity.name.padded(to: 7)
        let name = rule.name.padded(to: nameWidth)
        try Terminal.write("\(id)  \(severity)  \(name)  \(rule.summary)\n")
      }
    }
  }
}

extension Rules {
  /// `ldaplint rules check`.
  struct CheckPack: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check a pack of your own and run its examples.",
      discussion: """
        Examples:
          ldaplint rules check my-pack
          ldaplint rules check my-pack && ldaplint check export.ldif --pack my-pack
        """)

    @Argument(help: "The pack's folder.", completion: .directory)
    var folder: String

    func run() throws {
      let validation = PackValidation(folder: folder, library: RuleOptions.library)
      var errors = validation.errors.map(\.description)
      var warnings: [String] = []
      var examples = 0
      if let pack = validation.pack {
        do throws(RuleError) {
          let ruleSet = try RuleSet(
            packs: [pack], rules: pack.rules, settings: CheckSettings(parameters: pack.parameters))
          warnings = ruleSet.warnings.map { "\($0.place): warning: \($0.message)" }
        } catch {
          errors.append("\(error.place): \(error.message)")
        }
        for rule in pack.rules {
          guard let document = validation.documents[rule.id] else { continue }
          examples += document.bad.count + document.good.count
          errors += ExampleRunner(pack: pack, rule: rule).failures(document).map(\.description)
        }
      }
      warnings += silent(validation)
      for line in warnings { Terminal.note(line) }
      guard errors.isEmpty else {
        var failure = Failure("")
        // What is wrong with a rule is met by each of its examples.
        var known: Set<String> = []
        failure.lines = errors.filter { known.insert($0).inserted }
        throw failure
      }
      let rules = validation.pack?.rules.count ?? 0
      try Terminal.write("\(rules) rules, \(examples) examples: all good\n")
    }

    /// That rules of the folder do not say what would happen.
    private func silent(_ validation: PackValidation) -> [String] {
      let rules = (validation.pack?.rules ?? []).filter {
        $0.consequence == nil && validation.documents[$0.id] != nil
      }
      guard let first = rules.first else { return [] }
      let more = rules.count > 1 ? " and \(rules.count - 1) more" : ""
      return ["\(first.id)\(more): no \"consequence\", which counts as risk"]
    }
  }
}

extension String {
  /// The text with blanks up to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
