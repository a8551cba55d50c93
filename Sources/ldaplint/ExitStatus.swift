import ArgumentParser
import Bytes
import RulePacks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The only place that turns an outcome into a status of the process.
enum ExitStatus {
  /// Findings at or above `--fail-on`.
  static let findings: Int32 = 1
  /// The run was misused or its result is not what was asked for.
  static let failed: Int32 = 2

  /// Ends the process because of `error`: help and version are no errors.
  static func end(with error: any Error) -> Never {
    if let status = error as? ExitCode { exit(status.rawValue) }
    if let failure = error as? Failure {
      for line in failure.lines { Terminal.note(line) }
      exit(failed)
    }
    let text = LDAPLint.fullMessage(for: error)
    guard LDAPLint.exitCode(for: error).isSuccess else {
      Terminal.writeError(text + "\n")
      exit(failed)
    }
    Terminal.write(text + "\n")
    exit(0)
  }
}

/// Something that keeps a command from doing what it was asked, in lines for people.
struct Failure: Error {
  var lines: [String]

  init(_ line: String) { lines = [line] }
  init(_ errors: RulePackErrors) { lines = errors.errors.map(\.description) }
}
