import ArgumentParser
import Findings
import LDAPSource
import Lint
import RulePacks

/// A live directory that a run is to read, and where what is read goes.
struct LiveSource {
  /// The name in reports.
  var name: String
  /// The forest that it belongs to.
  var forest: String
  /// The server and how to log in.
  var server: LDAPServer
  /// Where what is read goes.
  var file: SaveFile
  /// The kind of directory, where the user said so.
  var kind: DirectoryKind?

  /// Reads what `request` asks for. Throws what kept it from reading anything at all.
  func scan(
    _ request: LDAPScanRequest, isQuiet: Bool
  ) throws(LDAPError) {
    var request = request
    request.sourceName = name
    var known = Set(request.attributes.map { $0.lowercased() })
    request.attributes += server.url.attributes.filter { known.insert($0.lowercased()).inserted }
    let progress = Progress(name, isQuiet: isQuiet)
    defer { progress.finish() }
    _ = try server.scan(request, to: file.descriptor) { state in
      progress.advance(state)
    } isCancelled: {
      progress.draw()
      return Interrupt.isRequested
    }
  }

  /// What was read, to be linted. The comments in it say how complete it is.
  func finish(spoolFolder: String) throws -> LintSource {
    let input = try file.finish(spoolFolder: spoolFolder)
    var source = LintSource(name: name, forest: forest, input: input)
    source.kind = kind
    return source
  }

  /// The source without an entry, because of `problem`.
  func unread(
    _ problem: Problem.Kind, _ message: String, spoolFolder: String
  ) throws -> LintSource {
    let nothing = try SaveFile(spoolIn: spoolFolder).finish(spoolFolder: spoolFolder)
    var source = LintSource(name: name, forest: forest, input: nothing)
    source.kind = kind
    source.problems = [Problem(kind: problem, message: message, source: name)]
    return source
  }
}

extension LDAPError {
  /// Ends a command that could do nothing because of the error.
  var failure: any Error {
    cause == .cancelled ? ExitCode(ExitStatus.interrupted) : Failure(description)
  }
}
