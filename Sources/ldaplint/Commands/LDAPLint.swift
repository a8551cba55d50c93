import ArgumentParser
import CArguments
import Directory
import LibC
import System

/// The program: a linter for directories.
@main
struct LDAPLint: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "ldaplint",
    abstract: "Finds what would break when a directory is synchronized to Microsoft Entra ID.",
    discussion: """
      Reads the objects of an Active Directory or another LDAP directory, says what the cloud \
      would do with each, and proposes repairs. Nothing is ever written to a directory by \
      checking it.

      Exit status: 0 no findings at or above --fail-on, 1 findings, 2 the run was misused or \
      could not see everything.
      """,
    version: "ldaplint \(version) (top-level domains of \(TopLevelDomains.date))",
    subcommands: [
      Check.self, Steps.self, Fix.self, Apply.self, Undo.self, Doctor.self, Explain.self,
      Rules.self,
    ],
    defaultSubcommand: Check.self)

  /// The command that the arguments ask for.
  ///
  /// Parsing begins with reading the options of every command, which takes longer than checking a
  /// thousand objects: when the first argument names a command, only its own are read. What does
  /// not succeed is done again in full, for the message and for help.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    let command = configuration.subcommands.first { $0._commandName == arguments[0] }
    if let command, command.configuration.subcommands.isEmpty,
      let parsed = try? command.parse(Array(arguments.dropFirst()))
    {
      return parsed
    }
    return try parseAsRoot(arguments)
  }

  /// The words behind the program's name; a command that is named behind a request for help comes first.
  private static var arguments: [String] {
    let count = carguments_count()
    guard count > 0 else { return Array(CommandLine.arguments.dropFirst()) }
    var words = (1..<max(count, 1)).compactMap { index in
      unsafe carguments_word(index).map { unsafe String(cString: $0) }
    }
    if words.count > 1, ["-h", "--help", "--help-hidden"].contains(words[0]),
      configuration.subcommands.contains(where: { $0._commandName == words[1] })
    {
      words.swapAt(0, 1)
    }
    return words
  }

  static func main() {
    Descriptors.fillStandard()
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is an error to be told, like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    let arguments = arguments
    if arguments.isEmpty { ExitStatus.endWithHelp() }
    do {
      var command = try parsed(arguments)
      try command.run()
    } catch {
      ExitStatus.end(with: error, of: arguments)
    }
  }
}
