import ArgumentParser
import Reports
import Rules
import System

/// What a shell offers for the values of options and arguments.
enum Completions {
  /// The ids and names of the built-in rules.
  static let rules = CompletionKind.custom { _, _, _ in ruleNames }

  /// What `--select` and `--ignore` take: rules, and packs.
  static let selection = CompletionKind.custom { _, _, _ in ruleNames + RuleOptions.library.names }

  /// The built-in packs, and folders.
  static let packs = CompletionKind.custom { _, _, start in
    RuleOptions.library.names + paths(start).filter { $0.hasSuffix("/") }
  }

  /// `id=level` for every rule and level.
  static let severities = CompletionKind.custom { _, _, _ in
    ids.flatMap { id in SeverityArgument.allValueStrings.map { "\(id)=\($0)" } }
  }

  /// `format=`, then a file.
  static let reports = CompletionKind.custom { _, _, start in
    guard let equals = start.firstIndex(of: "=") else {
      return ReportFormat.allCases.map { "\($0.rawValue)=" }
    }
    return paths(String(start[start.index(after: equals)...])).map { start[...equals] + $0 }
  }

  private static var all: [Rule] {
    let library = RuleOptions.library
    return (try? library.packs(library.names).rules) ?? []
  }

  private static var ids: [String] { all.map(\.id) }

  private static var ruleNames: [String] { ids + all.map(\.name) }

  /// The paths that begin with `start`; those of folders end with a slash. Hidden ones only where
  /// their names have been begun.
  private static func paths(_ start: String) -> [String] {
    let name = start.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let folder = String(start.dropLast(name.count))
    let names = (try? Folder.names(in: folder.isEmpty ? "." : folder)) ?? []
    return names.filter { $0.hasPrefix(name) && (!$0.hasPrefix(".") || name.hasPrefix(".")) }
      .map { folder + $0 }.map { Folder.exists($0) ? $0 + "/" : $0 }
  }
}
