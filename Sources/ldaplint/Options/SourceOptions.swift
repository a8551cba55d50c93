import ArgumentParser
import Bytes
import Directory
import Findings
import Intake
import LDAP
import LDIF
import Lint
import Rules
import System

/// Where objects come from and which of them are looked at.
struct SourceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Exports, LDAP URLs or -; NAME=source names a forest.",
      valueName: "source"),
    completion: .file())
  var sources: [String]

  @Option(
    help: ArgumentHelp(
      "Only entries at or below DN (or a file of them).", valueName: "dn"),
    completion: .file())
  var base: [String] = []

  @Option(
    help: ArgumentHelp(
      "No entries at or below DN (or a file of them).", valueName: "dn"),
    completion: .file())
  var excludeBase: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only that group's direct members; NAME=DN for one.", valueName: "dn"))
  var syncGroup: [String] = []

  @Option(help: ArgumentHelp("The kind, if objects do not tell.", valueName: "kind"))
  var directory: DirectoryArgument?

  @Flag(help: "Also lint what would not be synchronized.")
  var allObjects = false

  @Flag(help: "Name the objects that are left out, and why.")
  var listSkipped = false

  @Option(
    help: ArgumentHelp(
      "Memory, such as 2G (default: half of what is free).", valueName: "size"))
  var memoryLimit: MemoryArgument?

  @Option(
    help: ArgumentHelp(
      "Where standard input and live directories are spooled.", valueName: "folder",
      visibility: .hidden),
    completion: .directory)
  var spoolDir: String?

  @Option(help: ArgumentHelp("Worker threads.", visibility: .hidden))
  var threads: Int?

  /// The folder for temporary files.
  var spoolFolder: String { spoolDir ?? Spool.defaultFolder }

  /// The files that are read for where to look.
  var files: [String] { (base + excludeBase).filter { NameArgument($0).isFile } }

  /// The sources as they were given.
  func arguments() throws -> [SourceArgument] {
    guard !sources.isEmpty else {
      throw Failure("no source given; try ldaplint check export.ldif")
    }
    let arguments = try sources.map(SourceArgument.init)
    guard arguments.filter(\.isStandardInput).count <= 1 else {
      throw Failure("standard input (-) can be read only once")
    }
    return arguments
  }

  /// The file at `path`, opened.
  func open(_ path: String, forest: String) throws -> LintSource {
    do throws(SystemError) {
      let opened = try Intake.open(path: path, spoolFolder: spoolFolder)
      var source = LintSource(name: path, forest: forest, input: opened.input)
      source.places = opened.places
      source.problems = opened.faults.map { $0.problem(of: path) }
      source.kind = directory?.kind
      return source
    } catch {
      throw Self.failure(error, path, folder: spoolFolder)
    }
  }

  /// What is said of a file at `path` that cannot be opened; what is not read as it is goes to `folder`.
  private static func failure(_ error: SystemError, _ path: String, folder: String) -> Failure {
    let name = path == "-" ? "standard input" : path
    if error == .isFolder {
      return Failure(
        "\(name): this is a directory of files; name the LDIF files in the folder, as with *.ldif")
    }
    guard error.operation != Spool.writing else {
      return Failure(
        "\(name): unpacked or converted it does not fit into \(folder): \(error.reason); make room "
          + "there, or name another folder with TMPDIR")
    }
    return Failure("\(name): \(error.sentence)\(hint(path))")
  }

  /// What a path that cannot be opened may have been meant to be.
  private static func hint(_ path: String) -> String {
    if path.contains("://") || path.hasPrefix("ldap") && path.contains(":/") {
      return "; it is neither a file nor an ldap://, ldaps:// or ldapi:// URL"
    }
    if let url = ServerName.url(of: path) { return "; did you mean \(url)?" }
    guard !path.contains("/"), !path.contains(".") else { return "" }
    let commands = LDAPLint.configuration.subcommands.map { $0._commandName }
    return NearestName.of(path, in: commands).map { "; did you mean the command \($0)?" } ?? ""
  }

  /// What the run is to look at. Throws for a base that is no DN.
  func lintOptions() throws -> LintOptions {
    var options = LintOptions()
    options.threads = max(1, threads ?? Machine.cores)
    options.memoryLimit = try memoryLimit(threads: options.threads)
    options.bases = try base.flatMap { try NameArgument($0).names(option: "--base") }
    options.excludedBases = try excludeBase.flatMap {
      try NameArgument($0).names(option: "--exclude-base")
    }
    options.syncGroups = try syncGroups()
    options.listsSkipped = listSkipped
    return options
  }

  /// The groups that filter, those of one forest with its name.
  private func syncGroups() throws -> [SyncGroup] {
    let arguments = try sources.map(SourceArgument.init)
    return try syncGroup.map { text in
      if let forest = arguments.compactMap(\.forestName).first(where: { text.hasPrefix($0 + "=") })
      {
        let dn = String(text.dropFirst(forest.count + 1))
        if NameArgument(dn).isName { return SyncGroup(dn: dn, forest: forest) }
      }
      try NameArgument(text).refuseOther(option: "--sync-group")
      return SyncGroup(dn: text)
    }
  }

  /// How much memory the run may take; what does not fit goes to the folder for temporary files.
  private func memoryLimit(threads: Int) throws -> MemoryLimit {
    let smallest = MemoryLimit.smallest(threads: threads)
    if let memoryLimit, memoryLimit.bytes < smallest {
      throw Failure(
        "--memory-limit \(MemoryArgument.text(memoryLimit.bytes)) is too small; the least for "
          + "--threads \(threads) is \(MemoryArgument.text(smallest))")
    }
    let bytes = memoryLimit?.bytes ?? max(AvailableMemory.bytes / 2, smallest)
    return MemoryLimit(bytes: bytes, folder: spoolFolder)
  }
}

/// A source as it was given: a file or a live directory, and the forest that it belongs to.
struct SourceArgument {
  /// What is to be read.
  enum Place {
    case file(String)
    case server(LDAPURL)
  }

  /// What is to be read.
  var place: Place
  /// The name in reports: the path or the URL.
  var name: String
  /// The name that the user gave the forest; nil when none was given.
  var forestName: String?
  /// The forest; without a name, each source is one of its own.
  var forest: String { forestName ?? name }

  var isStandardInput: Bool { name == "-" }

  /// Reads `argument`. What exists as a file is one, whatever it looks like.
  init(_ argument: String) throws {
    name = argument
    if !ReadableFile.isRegular(path: argument), !LDAPURL.isURL(argument),
      let equals = argument.firstIndex(of: "="), equals != argument.startIndex
    {
      forestName = String(argument[..<equals])
      name = String(argument[argument.index(after: equals)...])
    }
    guard !ReadableFile.isRegular(path: name), LDAPURL.isURL(name) else {
      place = .file(name)
      return
    }
    do throws(LDAPURLError) {
      place = .server(try LDAPURL(name))
    } catch {
      throw Failure(error.description)
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
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension OpenedSource.Fault {
  /// The problem of the source called `name`.
  func problem(of name: String) -> Problem {
    var problem = Problem(kind: .unreadable, message: message, source: name)
    problem.line = line
    problem.byteOffset = byteOffset
    return problem
  }
}
