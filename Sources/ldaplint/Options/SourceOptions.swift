import ArgumentParser
import Bytes
import LDIF
import Lint
import RulePacks

/// Where objects come from and which of them are looked at.
struct SourceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "LDIF files, - for standard input, or NAME=path to put a file into forest NAME.",
      valueName: "source"))
  var sources: [String]

  @Option(help: ArgumentHelp("Only entries at or below this DN; repeatable.", valueName: "dn"))
  var base: [String] = []

  @Option(help: ArgumentHelp("No entries at or below this DN; repeatable.", valueName: "dn"))
  var excludeBase: [String] = []

  @Option(help: "The kind of directory, ad or ldap, when the objects do not tell.")
  var directory: DirectoryArgument?

  @Flag(help: "Lint objects that would not be synchronized as well.")
  var allObjects = false

  @Flag(help: "Name every object that is left out, with the reason.")
  var listSkipped = false

  @Option(
    help: ArgumentHelp("Where standard input and the like are spooled.", valueName: "folder"))
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
      throw Failure("\(name): \(error.reason) (\(error.operation))")
    }
  }

  /// What the run is to look at.
  func lintOptions() -> LintOptions {
    var options = LintOptions()
    options.threads = max(1, threads ?? Machine.cores)
    options.bases = base
    options.excludedBases = excludeBase
    options.listsSkipped = listSkipped
    return options
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
