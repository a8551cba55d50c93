import Foundation
import LibC
import TestServers
import Testing

extension LiveCommands.Failures {
  /// What `script` shows of a run of `check` on a terminal of its own; `typing` is shell that runs
  /// beside it and prints what is typed. It finds what was shown so far in the file `shown`.
  private func onTerminal(_ arguments: String, typing: String = "") throws -> Outcome {
    try place.write("#!/bin/bash\nexec '\(Workplace.program.path)' check \(arguments)\n", to: "run")
    return try place.shell(
      """
      unset LDAPLINT_PASSWORD; export TERM=xterm; : > shown
      { \(typing)
        while [ ! -e ended ]; do sleep 0.1; done; } |
        { script -qefc 'bash run > report 2>/dev/tty' shown >/dev/null; echo $? > ended; }
      cat report; cat shown >&2; exit $(cat ended)
      """)
  }

  /// Waits until the file `shown` has `text` in it, ten seconds at most.
  private func waiting(for text: String) -> String {
    "for i in $(seq 100); do grep -q '\(text)' shown && break; sleep 0.1; done;"
  }

  @Test func aPasswordIsAskedForWithoutEcho() throws {
    let question = "Password of \(Self.forest.reader) at \(url): "
    let outcome = try onTerminal(
      "\(url) --bind-dn \(Self.forest.reader) --format ndjson",
      typing: waiting(for: "Password of") + "echo \(LiveForest.password);")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(try comparable(outcome.output).count == Self.users)
    #expect(outcome.errors.contains(question))
    #expect(!outcome.errors.contains(LiveForest.password))
    let wrong = try onTerminal(
      "\(url) --bind-dn \(Self.forest.reader)",
      typing: waiting(for: "Password of") + "echo wrong-one;")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("invalid credentials (49)"))
    #expect(!wrong.errors.contains("wrong-one"))
  }

  @Test func controlCAtTheQuestionEndsTheProgram() throws {
    let outcome = try onTerminal(
      "\(url) --bind-dn \(Self.forest.reader)",
      typing: waiting(for: "Password of") + "printf '\\003';")
    #expect(outcome.status == 130)
    #expect(outcome.output.isEmpty)
  }

  @Test func theTerminalShowsHowFarThingsAre() throws {
    try place.writePassword(LiveForest.password)
    let arguments =
      "\(url) --bind-dn \(Self.forest.reader) --page-size 1 --password-file password --format ndjson"
    let outcome = try onTerminal(arguments)
    #expect(outcome.status == 1, "\(outcome.errors)")
    let shown = try Regex(#"[0-9,]+( of [0-9,]+)? objects, [0-9,]+/s, [0-9,]+ findings so far"#)
    #expect(try shown.firstMatch(in: outcome.errors) != nil, "\(outcome.errors.suffix(300))")
    let quiet = try onTerminal(arguments + " --quiet")
    #expect(!quiet.errors.contains("objects,"))
    // Into a pipe nothing of it goes.
    let piped = try place.shell("ldaplint check \(arguments) 2>&1 >/dev/null | cat")
    #expect(piped.output.isEmpty)
  }

  // MARK: Ctrl-C twice

  /// A run of `check` whose report nobody reads: it is stuck as soon as the pipe is full.
  private func stuck() throws -> (process: Process, report: Pipe) {
    let process = Process()
    process.executableURL = Workplace.program
    process.arguments = [
      "check", url, "--bind-dn", Self.forest.reader, "--page-size", "1", "--format", "ndjson",
      "--save", "s.ldif",
    ]
    process.currentDirectoryURL = place.folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let report = Pipe()
    process.standardOutput = report
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return (process, report)
  }

  @Test func theSecondControlCEndsTheProgramAtOnce() throws {
    let (process, report) = try stuck()
    // Enough findings for more than a pipe holds.
    let written = waitFor { largestFile(of: process) > 150_000 ? true : nil }
    #expect(written == true)
    kill(process.processIdentifier, SIGINT)
    // The first ended the reading: what was read got its name, and the report is under way.
    #expect(
      waitFor { FileManager.default.fileExists(atPath: place.path("s.ldif")) ? true : nil } == true)
    usleep(300_000)
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == SIGINT)
    withExtendedLifetime(report) {}
  }

  /// The size of the largest file without a name that `process` has open: what it has read so far.
  private func largestFile(of process: Process) -> Int {
    let folder = "/proc/\(process.processIdentifier)/fd/"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.map { name in
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: folder + name)
      guard target?.contains("/#") == true else { return 0 }
      var status = stat()
      return stat(folder + name, &status) == 0 ? Int(status.st_size) : 0
    }.max() ?? 0
  }

  /// What `value` gives as soon as it gives something, within ten seconds.
  private func waitFor<T>(_ value: () -> T?) -> T? {
    for _ in 0..<1_000 {
      if let found = value() { return found }
      usleep(10_000)
    }
    return nil
  }
}
