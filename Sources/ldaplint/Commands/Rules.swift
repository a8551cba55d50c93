import ArgumentParser
import RulePacks

/// `ldaplint rules`: lists rules and checks packs.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the rules, or check a pack of your own.",
    discussion: """
      Examples:
        ldaplint rules
        ldaplint rules --pack idfix-multi-tenant --min-severity error
      """,
    subcommands: [List.self], defaultSubcommand: List.self)

  /// `ldaplint rules list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the rules.",
      discussion: """
        Examples:
          ldaplint rules list --select DUP
          ldaplint rules list --pack ./rules-of-our-own
        """)

    @OptionGroup var rules: RuleOptions

    func run() throws {
      let packs = try rules.chosenPacks()
      let idWidth = packs.rules.map(\.id.count).max() ?? 0
      let nameWidth = packs.rules.map(\.name.count).max() ?? 0
      for rule in packs.rules {
        let id = rule.id.padded(to: idWidth)
        let severity = rule.severity.name.padded(to: 7)
        Terminal.write("\(id)  \(severity)  \(rule.name.padded(to: nameWidth))  \(rule.summary)\n")
      }
    }
  }
}

extension String {
  /// The text with blanks up to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
