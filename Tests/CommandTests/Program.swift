import Foundation
import Testing

/// What a run of the program left behind.
struct Outcome {
  var status: Int32
  /// Whether a signal ended it.
  var isSignal: Bool
  var output: String
  var errors: String

  /// The lines of standard error.
  var errorLines: [Substring] { errors.split(separator: "\n") }
  /// The lines of standard output.
  var lines: [Substring] { output.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// A folder of its own for a test's files, in which the built program runs; gone with the object.
final class Workplace {
  let folder: URL

  /// The built program, which lies beside the tests.
  static let program: URL = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("ldaplint")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return repository.appendingPathComponent(".build/debug/ldaplint")
  }()

  /// The folder of the package.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ldaplint-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A folder that holds `text` as `export.ldif`.
  convenience init(_ text: String) throws {
    try self.init()
    try write(text, to: "export.ldif")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Where the file called `name` is.
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Writes a file.
  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  /// Writes a file.
  func write(_ data: Data, to name: String) throws {
    try data.write(to: folder.appendingPathComponent(name))
  }

  /// Writes a pack of one's own called "pack", with `rule` called `name`.
  func writePack(_ rule: String, named name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path("pack"), withIntermediateDirectories: true)
    try write("name: pack\ntitle: A pack\nversion: \"1.0\"\n", to: "pack/pack.yaml")
    try write(rule, to: "pack/\(name).yaml")
  }

  /// Writes `password` to a file called "password" that nobody else may read.
  func writePassword(_ password: String) throws {
    try write(password, to: "password")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: path("password"))
  }

  /// The text of a file.
  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// Runs the program with `arguments`, nothing on standard input and no terminal.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    try start(Self.program, arguments, environment)
  }

  /// Runs the program with `arguments`.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(arguments, environment: environment)
  }

  /// Runs `check` on `export.ldif` with `arguments`.
  func check(_ arguments: String...) throws -> Outcome {
    try run(["check", "export.ldif"] + arguments)
  }

  /// Runs a line of shell, in which `ldaplint` is the program.
  func shell(_ line: String, environment: [String: String] = [:]) throws -> Outcome {
    let function = "ldaplint() { '\(Self.program.path)' \"$@\"; }; "
    return try start(URL(fileURLWithPath: "/bin/bash"), ["-c", function + line], environment)
  }

  private func start(
    _ program: URL, _ arguments: [String], _ environment: [String: String]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"] { variables[name] = nil }
    process.environment = variables.merging(environment) { $1 }
    // Files, because a pipe that nobody reads would stop the program when it is full.
    let outputs = try [UUID(), UUID()].map { name -> URL in
      let url = folder.appendingPathComponent(".\(name)")
      try Data().write(to: url)
      return url
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: outputs[0])
    process.standardError = try FileHandle(forWritingTo: outputs[1])
    try process.run()
    process.waitUntilExit()
    defer { for url in outputs { try? FileManager.default.removeItem(at: url) } }
    return Outcome(
      status: process.terminationStatus, isSignal: process.terminationReason == .uncaughtSignal,
      output: String(decoding: try Data(contentsOf: outputs[0]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: outputs[1]), as: UTF8.self))
  }
}
