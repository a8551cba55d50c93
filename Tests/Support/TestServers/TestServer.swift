import Foundation
import LibC

/// A real directory server, started for the tests by Tests/Support/Servers/serve.sh and stopped when
/// this process ends, however it ends: the script watches the pipe that it reads from.
package final class TestServer: Sendable {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Whether missing servers are a failure rather than a reason to skip.
  package static let isRequired =
    ProcessInfo.processInfo.environment["CI"] != nil
    || ProcessInfo.processInfo.environment["LDAPLINT_TEST_SERVERS"] == "1"

  /// What the script printed: `PORT`, `TLS` and the like.
  package let values: [String: String]
  private let input: Pipe
  private let process: Process

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Servers")

  /// Starts a server of `kind` with `settings` and waits until it answers.
  ///
  /// A port that was free a moment ago may be somebody else's by now: a server that ends at once gets
  /// two more chances, with other ports.
  package init(_ kind: String, _ settings: [String: String] = [:]) throws {
    var chances = 3
    while true {
      chances -= 1
      do {
        (process, input, values) = try Self.start(kind, settings)
        return
      } catch let failure as Failure
        where chances > 0 && failure.description.contains("ended at once")
      {
        continue
      }
    }
  }

  private static func start(
    _ kind: String, _ settings: [String: String]
  ) throws -> (Process, Pipe, [String: String]) {
    let script = folder.appending(path: "serve.sh").path
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [script, kind]
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    process.environment = ProcessInfo.processInfo.environment
      .merging(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin:\(path)"]) { $1 }
      .merging(settings) { $1 }
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try output.fileHandleForWriting.close()
    return (process, input, try readValues(output.fileHandleForReading, kind))
  }

  private static func readValues(_ handle: FileHandle, _ kind: String) throws -> [String: String] {
    var values: [String: String] = [:]
    var text = ""
    while true {
      let data = handle.availableData
      text += String(decoding: data, as: UTF8.self)
      let lines = text.split(separator: "\n")
      for line in lines {
        if line.hasPrefix("CANNOT ") { throw Failure(description: "\(kind): \(line.dropFirst(7))") }
        let pair = line.split(separator: "=", maxSplits: 1)
        if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
      }
      if lines.last == "READY" { return values }
      if data.isEmpty { throw Failure(description: "\(kind): the server did not start: \(text)") }
    }
  }

  /// The value that the script printed for `name`.
  package func callAsFunction(_ name: String) throws -> String {
    guard let value = values[name] else { throw Failure(description: "no value for \(name)") }
    return value
  }

  /// Stops the server now.
  package func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Whether the programs that `kind` needs are here; tests are skipped otherwise, visibly, or fail
  /// where servers are required.
  package static func canRun(_ kind: String) -> Bool {
    let programs: [String: [String]] = [
      "slapd": ["slapd", "slapadd", "openssl"], "kdc": ["krb5kdc", "kinit"],
      "samba": ["samba", "samba-tool", "ldbadd"], "ds389": ["ns-slapd", "dscreate"],
    ]
    if isRequired { return true }
    if kind == "samba" || kind == "ds389", geteuid() != 0 { return false }
    return (programs[kind] ?? []).allSatisfy { program in
      ["/usr/sbin/", "/usr/bin/", "/usr/local/bin/", "/usr/local/sbin/"].contains {
        access($0 + program, X_OK) == 0
      }
    }
  }
}
