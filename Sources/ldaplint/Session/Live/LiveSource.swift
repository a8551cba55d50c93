import ArgumentParser
import Bytes
import Findings
import LDAP
import LDIF
import Lint
import Rules
import System

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

  /// Reads what `request` asks for, and says after every page how many bytes of whole records are
  /// there. Throws what kept it from reading anything at all.
  func scan(
    _ request: LDAPScanRequest, tally: FindingTally, isQuiet: Bool,
    advanced: @escaping (Int) -> Void
  ) throws(LDAPError) {
    var request = request
    request.sourceName = name
    var known = Set(request.attributes.map { $0.lowercased() })
    request.attributes += server.url.attributes.filter { known.insert($0.lowercased()).inserted }
    let progress = Progress(name, tally: tally, isQuiet: isQuiet)
    defer { progress.finish() }
    _ = try server.scan(request, to: file.descriptor) { state in
      advanced(state.bytes)
      progress.advance(state)
    } isCancelled: {
      progress.draw()
      return Interrupt.isRequested
    }
  }

  /// What `job` reads, to be linted while it arrives. The comments in it say how complete it is.
  func arriving(_ job: LiveReading.Job) -> LintSource {
    // What we write has no byte order mark.
    var source = LintSource(
      name: name, forest: forest, input: LDIFInput(file: job.file, firstByte: 0))
    source.kind = kind
    source.arrival = job.arrival
    return source
  }

  /// The source without an entry, because of `problem`.
  func unread(_ problem: Problem.Kind, _ message: String) throws(SystemError) -> LintSource {
    let nothing = LDIFInput(file: try ReadableFile(adopting: file.descriptor), firstByte: 0)
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
