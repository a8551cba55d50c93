import ArgumentParser
import BuiltinRules
import Checks
import Findings
import Rules

/// Which rules run (`--pack`, `--select` and their kind).
struct RuleOptions: ParsableArguments {
  @Option(
    help: "A pack or folder in place of entra-id; repeatable.", completion: Completions.packs)
  var pack: [String] = []

  @Option(
    help: ArgumentHelp("Only these: ids, names, prefixes of ids, or packs.", valueName: "rules"),
    completion: Completions.selection)
  var select: [String] = []

  @Option(
    help: ArgumentHelp("Not these; the more specific option decides.", valueName: "rules"),
    completion: Completions.selection)
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp("Another severity for a rule.", valueName: "id=level"),
    completion: Completions.severities)
  var setSeverity: [String] = []

  @Option(help: ArgumentHelp("A parameter of a pack.", valueName: "name=value"))
  var param: [String] = []

  @Option(help: ArgumentHelp("No findings below it.", valueName: "level"))
  var minSeverity: SeverityArgument?

  /// Findings below it are left out.
  var minimumSeverity: Severity { minSeverity?.severity ?? .info }

  static let library = PackLibrary(packs: BuiltinRules.packs, documents: BuiltinRules.documents)

  /// The packs, with only the rules that were chosen.
  func chosenPacks() throws -> PackSet {
    do {
      let loaded = try Self.library.packs(pack.isEmpty ? ["entra-id"] : pack)
      let selection = RuleSelection(
        select: select, ignore: ignore, severities: setSeverity, parameters: param)
      return try selection.applied(to: loaded)
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
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
