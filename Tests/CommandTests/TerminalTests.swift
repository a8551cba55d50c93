import Foundation
import Testing

/// Colour and pipes.
@Suite struct TerminalTests {
  private static let escape: Unicode.Scalar = "\u{1B}"

  @Test(arguments: [[:], ["NO_COLOR": "1"], ["TERM": "dumb"], ["TERM": "xterm-256color"]])
  func nothingButTextGoesIntoAPipe(_ environment: [String: String]) throws {
    let outcome = try Workplace(Export.local).shell(
      "ldaplint check export.ldif | cat", environment: environment)
    #expect(outcome.output.contains("UPN006"))
    #expect(!outcome.output.unicodeScalars.contains(Self.escape))
    #expect(outcome.errors.isEmpty)
  }

  @Test func colourIsThereWhenAskedFor() throws {
    let place = try Workplace(Export.local)
    #expect(try place.check("--color", "always").output.unicodeScalars.contains(Self.escape))
    #expect(try !place.check("--color", "never").output.unicodeScalars.contains(Self.escape))
    let forced = try place.run("check", "export.ldif", environment: ["FORCE_COLOR": "1"])
    #expect(forced.output.unicodeScalars.contains(Self.escape))
    let json = try place.check("--color", "always", "--format", "json")
    #expect(!json.output.unicodeScalars.contains(Self.escape))
  }

  struct Terminal: CustomTestStringConvertible {
    var variables: String
    var isColored: Bool
    var testDescription: String { variables }
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")),
    arguments: [
      Terminal(variables: "TERM=xterm", isColored: true),
      Terminal(variables: "TERM=dumb", isColored: false),
      Terminal(variables: "TERM=xterm NO_COLOR=1", isColored: false),
      Terminal(variables: "TERM=xterm NO_COLOR=", isColored: true),
    ])
  func aTerminalIsColoured(_ terminal: Terminal) throws {
    let outcome = try Workplace(Export.local).shell(
      "export \(terminal.variables); "
        + "script -qec '\(Workplace.program.path) check export.ldif' /dev/null </dev/null")
    #expect(outcome.output.contains("UPN006"))
    #expect(outcome.output.unicodeScalars.contains(Self.escape) == terminal.isColored)
  }

  @Test(arguments: ["text", "json", "ndjson", "csv"])
  func aReaderThatLeavesIsNoError(_ format: String) throws {
    let place = try Workplace(Export.many(3_000))
    let outcome = try place.shell(
      "ldaplint check export.ldif --format \(format) | head -1 | tr -d '\\r'; echo ${PIPESTATUS[0]}"
    )
    #expect(outcome.errors.isEmpty)
    // No signal (141), no failure (2): what the findings say.
    #expect(outcome.lines.dropLast().last == "1")
    #expect(outcome.lines.count == 3)
  }
}
