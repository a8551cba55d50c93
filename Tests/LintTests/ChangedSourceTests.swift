import Bytes
import Findings
import Foundation
import Intake
import LDIF
import System
import Testing

@testable import Lint

/// Sources that are not what they were when they are read again.
@Suite struct ChangedSourceTests {
  /// Objects with findings of their own, and two that only share an address.
  static func text(_ letter: Character) -> String {
    let people = (0..<40).map { number in
      ChangedRunTests.person(
        "u\(number)", "userAccountControl: 512",
        "userPrincipalName: \(letter) \(number)@corp.local",
        "mail: u\(number)@contoso.com", "description: \(String(repeating: letter, count: 90))")
    }
    let shared = ["left", "right"].map { name in
      ChangedRunTests.person(
        "\(name)\(letter)", "userAccountControl: 512",
        "userPrincipalName: \(name)\(letter)@contoso.com", "mail: \(letter)shared@contoso.com")
    }
    return (people + shared).joined()
  }

  /// What another program may do to a file.
  static let changes: [(String, @Sendable (URL) throws -> Void)] = [
    ("empty", { try Data().write(to: $0) }),
    ("cut", { _ = truncate($0.path, 3000) }),
    ("cut in a record", { _ = truncate($0.path, 3333) }),
    ("overwritten", { try Data(text("b").utf8).write(to: $0) }),
    ("longer", { try Data((text("a") + text("c")).utf8).write(to: $0) }),
    ("moved", { try Data(("\n" + text("a").dropLast()).utf8).write(to: $0) }),
    ("no LDIF", { try Data(repeating: 0x78, count: text("a").utf8.count).write(to: $0) }),
    ("replaced", { try Data(text("a").utf8).write(to: $0, options: .atomic) }),
  ]

  /// Lints a file, which `change` changes afterwards, with or without its time, for `body`.
  static func afterChange(
    _ change: (URL) throws -> Void, keepingTime: Bool = false,
    _ body: (LintResult) throws -> Void
  ) throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: place) }
    try Data(text("a").utf8).write(to: place)
    let past: [FileAttributeKey: Any] = [.modificationDate: Date(timeIntervalSince1970: 1e9)]
    try FileManager.default.setAttributes(past, ofItemAtPath: place.path)
    let source = LintSource(
      name: "s", forest: "s",
      input: try Intake.open(path: place.path, spoolFolder: Spool.defaultFolder).input)
    var options = LintOptions()
    options.keepUniqueValues()
    let ruleSet = try ArrivingSourceTests.ruleSet.get()
    let result = try LintRun(ruleSet: ruleSet, sources: [source], options: options).run()
    #expect(result.troubles.isEmpty)
    #expect(result.summary.isComplete)
    try change(place)
    if keepingTime {
      // With another mode, the time of the change says nothing of the contents.
      let attributes = past.merging([.posixPermissions: 0o640]) { $1 }
      try FileManager.default.setAttributes(attributes, ofItemAtPath: place.path)
    }
    try body(result)
  }

  @Test(arguments: changes.indices) func changeBeforeRenderingIsSaid(_ index: Int) throws {
    try Self.afterChange(Self.changes[index].1) { result in
      var listed = 0
      let summary = result.report { objects, _ in
        objects.joined().count
      } consume: {
        listed += $0
        return true
      }
      #expect(!summary.isComplete)
      let said = summary.problems.filter { $0.message.contains("changed while it was read") }
      #expect(said.map(\.kind) == [.unreadable])
      #expect(listed == summary.findings)
    }
  }

  /// A program may give a file the size and the time that it had, and another mode.
  @Test(arguments: ["overwritten", "moved", "no LDIF"])
  func onlyWhatWasFoundIsSaid(_ how: String) throws {
    let change = try #require(Self.changes.first { $0.0 == how }).1
    try Self.afterChange(change, keepingTime: true) { result in
      let expected = result.findingCount
      #expect(result.troubles.isEmpty)
      var told: [Finding] = []
      let summary = result.report { objects, _ in
        Array(objects.joined())
      } consume: {
        told += $0
        return true
      }
      #expect(told.count < expected)
      #expect(told.isEmpty)
      #expect(!summary.isComplete)
    }
  }

  /// A disk may fail when a record is read the second time.
  @Test func whatCannotBeReadAgainIsSaid() throws {
    try Self.afterChange({ _ in }) { result in
      let descriptor = result.context.sources[0].input.file.descriptor
      let unreadable = open("/proc/self/fd/\(descriptor)", O_WRONLY)
      try #require(unreadable >= 0 && dup2(unreadable, descriptor) == descriptor)
      close(unreadable)
      let summary = result.counted()
      #expect(summary.findings == 0)
      #expect(summary.problems.contains { $0.message.hasPrefix("cannot be read again: ") })
      #expect(!summary.isComplete)
    }
  }

  @Test func unchangedSourceHasNoTrouble() throws {
    try Self.afterChange({ _ in }) { result in
      let summary = result.counted()
      #expect(summary.isComplete)
      #expect(summary.findings == result.findingCount)
      #expect(result.findings.contains { $0.group >= 0 })
    }
  }

  @Test func spooledUTF16RemembersThatItsSourceChanged() throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: place) }
    try Data([0xFF, 0xFE, 0x61, 0]).write(to: place)
    let file = try ReadableFile(path: place.path)
    try Data([0xFF, 0xFE, 0x61, 0, 0x62, 0]).write(to: place)
    let input = try Intake.open(file, spoolFolder: Spool.defaultFolder).input
    #expect(input.file.trouble == .changed)
  }
}
