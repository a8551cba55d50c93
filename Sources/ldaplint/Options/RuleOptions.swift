import ArgumentParser
import BuiltinRules
import Checks
import Findings
import RulePacks

/// Which rules run (`--pack`, `--select` and their kind).
struct RuleOptions: ParsableArguments {
  @Option(help: "A built-in pack or a folder; repeatable, replaces the default entra-id.")
  var pack: [String] = []

  @Option(help: "Only these rules: ids, names, id prefixes or packs, separated by commas.")
  var select: [String] = []

  @Option(help: "Not these rules; of select and ignore the more specific decides.")
  var ignore: [String] = []

  @Option(help: "Another severity for rules, ID=error, warning or info.")
  var setSeverity: [String] = []

  @Option(help: "A parameter of a pack, NAME=VALUE.")
  var param: [String] = []

  @Option(help: "Leave out rules below this severity: error, warning or info.")
  var minSeverity: SeverityArgument?

  static let library = PackLibrary(packs: BuiltinRules.packs, documents: BuiltinRules.documents)

  /// The packs, with only the rules that were chosen.
  func chosenPacks() throws -> PackSet {
    do {
      let loaded = try Self.library.packs(pack.isEmpty ? ["entra-id"] : pack)
      let selection = RuleSelection(
        select: select, ignore: ignore, severities: setSeverity, parameters: param)
      var chosen = try selection.applied(to: loaded)
      if let minSeverity {
        chosen.rules.removeAll { $0.severity < minSeverity.severity }
      }
      return chosen
    } catch let errors as RulePackErrors {
      throw Failure(errors)
    } catch let error as SelectionError {
      throw Failure(error.description)
    }
  }
}

/// A severity as an argument.
struct SeverityArgument: ExpressibleByArgument {
  var severity: Severity

  init?(argument: String) {
    guard let severity = Severity(name: argument) else { return nil }
    self.severity = severity
  }

  static var allValueStrings: [String] { ["error", "warning", "info"] }
}
