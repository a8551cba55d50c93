import Foundation
import Testing

extension LiveCommands.Applying {
  /// Killed at random moments, again and again, while it applies and while it takes back.
  ///
  /// A change that is sent twice is refused by the server and by the old values that it names.
  /// `make test-all` does it 200 times.
  @Test func nothingIsLostOrRepeatedWhateverEndsARun() throws {
    let users = 1_000
    let scene = try Scene(users: users)
    defer { scene.server.stop() }
    try #require(try scene.fix() == users)
    let first = try scene.dump()
    var kills = Kills(
      left: Int(ProcessInfo.processInfo.environment["LDAPLINT_TEST_KILLS"] ?? "") ?? 12)
    var round = 0
    while kills.left > 0 {
      round += 1
      let undone = "patch.undo\(round)"
      try kills.whileRunning(scene, ["apply", "patch.ldif"], journal: "patch.journal")
      #expect(try scene.dump().count { $0.contains("userPrincipalName: us er") } == 0)
      try kills.whileRunning(scene, ["undo", "patch.journal"], journal: undone)
      #expect(try scene.dump() == first, "round \(round)")
      for name in ["patch.journal", undone] {
        let lines = try scene.place.read(name).split(separator: "\n")
        #expect(!lines.contains { $0.hasPrefix("refused ") || $0.hasPrefix("already ") })
        let done = lines.filter { $0.hasPrefix("done ") }.map { $0.split(separator: " ")[1] }
        #expect(Set(done).count == users)
      }
    }
  }

  /// Ends runs at random moments.
  private struct Kills {
    /// How many are still to come.
    var left: Int
    private var dice = SystemRandomNumberGenerator()

    init(left: Int) { self.left = left }

    /// Runs `arguments` with `journal` until a run comes to its end; half of the kills that are left
    /// fall in that time, as far as it takes so many runs.
    mutating func whileRunning(_ scene: Scene, _ arguments: [String], journal: String) throws {
      let options = ["--yes", "-q", "--resume", "--journal", journal] + scene.to
      var here = (left + 1) / 2
      for _ in 0..<1_000 {
        let process = Process()
        process.executableURL = Workplace.program
        process.arguments = arguments + options
        process.currentDirectoryURL = scene.place.folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        if here > 0 {
          usleep(UInt32.random(in: 4_000...([30_000, 60_000, 120_000].randomElement() ?? 1)))
          let signal = [SIGKILL, SIGKILL, SIGKILL, SIGKILL, SIGTERM, SIGINT].randomElement(
            using: &dice)
          if process.isRunning, kill(process.processIdentifier, signal ?? SIGKILL) == 0 {
            here -= 1
            left -= 1
          }
        }
        process.waitUntilExit()
        if process.terminationReason == .exit, process.terminationStatus == 0 { return }
        let statuses: Set<Int32> = [SIGKILL, SIGTERM, SIGINT, 130, 143]
        #expect(statuses.contains(process.terminationStatus))
      }
      Issue.record("it does not come to its end")
    }
  }
}
