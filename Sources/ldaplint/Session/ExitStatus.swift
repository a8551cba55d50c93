import ArgumentParser
import Bytes
import LibC
import Rules

/// The only place that turns an outcome into a status of the process.
enum ExitStatus {
  /// Findings at or above `--fail-on`.
  static let findings: Int32 = 1
  /// The run was misused or its result is not what was asked for.
  static let failed: Int32 = 2
  /// The run was ended by Ctrl-C, as shells count it.
  static let interrupted: Int32 = 130

  /// Ends the process because of `error`: help and version are no errors.
  static func end(with error: any Error, of arguments: [String] = []) -> Never {
    if let status = error as? ExitCode { exit(status.rawValue) }
    if let failure = error as? Failure {
      for line in failure.lines { Terminal.note(line) }
      exit(failed)
    }
    guard LDAPLint.exitCode(for: error).isSuccess else {
      Terminal.note(misuse(error))
      exit(failed)
    }
    do {
      try Terminal.write(HelpPage.cut(LDAPLint.fullMessage(for: error), for: arguments) + "\n")
    } catch let failure {
      end(with: failure)
    }
    exit(0)
  }

  /// Ends a process without arguments: whoever types the name alone wants to know what it is.
  static func endWithHelp() -> Never {
    Terminal.writeError(LDAPLint.helpMessage() + "\n")
    exit(failed)
  }

  /// One line: what is wrong with the arguments and where to read on.
  private static func misuse(_ error: any Error) -> String {
    let lines = LDAPLint.fullMessage(for: error).split(separator: "\n")
    // A long list of values comes with one on each line.
    let parts = LDAPLint.message(for: error).split(separator: "\n")
    let values = parts.dropFirst().map { $0.drop { $0 == " " || $0 == "-" } }
      .filter { !$0.isEmpty }.joined(separator: ", ")
    let first = parts.first ?? "misuse"
    let message = first.hasSuffix("following:") ? "\(first) \(values)" : String(first)
    let see = lines.compactMap { line -> Substring? in
      guard let start = line.firstRange(of: "See '")?.upperBound,
        let end = line.lastIndex(of: "'"), start < end
      else { return nil }
      return line[start..<end]
    }
    return "\(message) (see \(see.first ?? "ldaplint --help"))"
  }
}

/// Something that keeps a command from doing what it was asked, in lines for people.
struct Failure: Error {
  var lines: [String]

  init(_ line: String) { lines = [line] }
  init(_ errors: RulePackErrors) { lines = errors.errors.map(\.description) }
}
