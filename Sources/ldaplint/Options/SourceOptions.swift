import ArgumentParser
import Bytes
import Directory
import LDIF
import Lint
import RulePacks

/// Where objects come from and which of them are looked at.
struct SourceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "LDIF files; - is standard input, NAME=file puts a file into forest NAME.",
      valueName: "source"))
  var sources: [String]

  @Option(help: ArgumentHelp("Only entries at or below DN; repeatable.", valueName: "dn"))
  var base: [String] = []

  @Option(help: ArgumentHelp("No entries at or below DN; repeatable.", valueName: "dn"))
  var excludeBase: [String] = []

  @Option(help: ArgumentHelp("The kind, where the objects do not tell.", valueName: "kind"))
  var directory: DirectoryArgument?

  @Flag(help: "Also lint what would not be synchronized.")
  var allObjects = false

  @Flag(help: "Name the objects that are left out, and why.")
  var listSkipped = false

  @Option(
    help: ArgumentHelp(
      "Where standard input is spooled.", valueName: "folder", visibility: .hidden))
  var spoolDir: String?

  @Option(help: ArgumentHelp("Worker threads.", visibility: .hidden))
  var threads: Int?

  /// The sources, opened.
  func open() throws -> [LintSource] {
    guard !sources.isEmpty else {
      throw Failure("no source given; try ldaplint check export.ldif")
    }
    guard sources.filter({ $0 == "-" || $0.hasSuffix("=-") }).count <= 1 else {
      throw Failure("standard input (-) can be read only once")
    }
    return try sources.enumerated().map { try open($0.element, number: $0.offset) }
  }

  private func open(_ argument: String, number: Int) throws -> LintSource {
    var forest = "\u{0}\(number)"
    var path = argument
    if !ReadableFile.isRegular(path: argument), let equals = argument.firstIndex(of: "="),
      equals != argument.startIndex
    {
      forest = String(argument[..<equals])
      path = String(argument[argument.index(after: equals)...])
    } else {
      forest = argument
    }
    do throws(SystemError) {
      let input = try LDIFInput.open(path: path, spoolFolder: spoolDir ?? Spool.defaultFolder)
      var source = LintSource(name: path == "-" ? "-" : path, forest: forest, input: input)
      source.kind = directory?.kind
      return source
    } catch {
      let name = path == "-" ? "standard input" : path
      throw Failure("\(name): \(error.reason) (\(error.operation))\(Self.hint(path))")
    }
  }

  /// What a path that cannot be opened may have been meant to be.
  private static func hint(_ path: String) -> String {
    guard !path.contains("/"), !path.contains(".") else { return "" }
    let commands = LDAPLint.configuration.subcommands.map { $0._commandName }
    return NearestName.of(path, in: commands).map { "; did you mean the command \($0)?" } ?? ""
  }

  /// What the run is to look at. Throws for a base that is no DN.
  func lintOptions() throws -> LintOptions {
    try Self.check(base, option: "--base")
    try Self.check(excludeBase, option: "--exclude-base")
    var options = LintOptions()
    options.threads = max(1, threads ?? Machine.cores)
    options.bases = base
    options.excludedBases = excludeBase
    options.listsSkipped = listSkipped
    return options
  }

  private static func check(_ names: [String], option: String) throws {
    for name in names {
      do throws(DistinguishedNameError) {
        _ = try Array(name.utf8).withByteView { (view) throws(DistinguishedNameError) in
          try DistinguishedName(view)
        }
      } catch {
        throw Failure("\(option) \(name): \(error)")
      }
    }
  }
}

/// A kind of directory as an argument.
struct DirectoryArgument: ExpressibleByArgument {
  var kind: DirectoryKind

  init?(argument: String) {
    guard let kind = DirectoryKind(rawValue: argument) else { return nil }
    self.kind = kind
  }

  static var allValueStrings: [String] { DirectoryKind.allCases.map(\.rawValue) }
}
