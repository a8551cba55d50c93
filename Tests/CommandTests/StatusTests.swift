import Testing

/// The status of the process, and what it goes with on standard output and standard error.
@Suite struct StatusTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var text: String
    var arguments: [String] = []
    var status: Int32

    var testDescription: String { ([name] + arguments).joined(separator: " ") }
  }

  static let cases = [
    Case(name: "clean", text: Export.clean, status: 0),
    Case(name: "error", text: Export.local, status: 1),
    Case(name: "warning", text: Export.warning, status: 0),
    Case(name: "info", text: Export.info, status: 0),
    Case(name: "error", text: Export.local, arguments: ["--fail-on", "never"], status: 0),
    Case(name: "error", text: Export.local, arguments: ["--fail-on", "info"], status: 1),
    Case(name: "warning", text: Export.warning, arguments: ["--fail-on", "error"], status: 0),
    Case(name: "warning", text: Export.warning, arguments: ["--fail-on", "warning"], status: 1),
    Case(name: "warning", text: Export.warning, arguments: ["--fail-on", "info"], status: 1),
    Case(name: "info", text: Export.info, arguments: ["--fail-on", "warning"], status: 0),
    Case(name: "info", text: Export.info, arguments: ["--fail-on", "info"], status: 1),
    Case(name: "broken", text: Export.broken, status: 2),
    Case(name: "broken", text: Export.broken, arguments: ["--fail-on", "never"], status: 2),
    Case(name: "broken", text: Export.broken, arguments: ["--allow-incomplete"], status: 1),
    Case(
      name: "broken", text: Export.broken, arguments: ["--allow-incomplete", "--fail-on", "never"],
      status: 0),
  ]

  @Test(arguments: cases) func statusFollowsFindings(_ sample: Case) throws {
    let outcome = try Workplace(sample.text).run(["check", "export.ldif"] + sample.arguments)
    #expect(outcome.status == sample.status)
    #expect(!outcome.isSignal)
    #expect(outcome.errors.isEmpty == (sample.name != "broken"), "\(outcome.errors)")
    #expect(outcome.output.hasSuffix("\n"))
  }

  @Test func checkIsTheDefault() throws {
    let place = try Workplace(Export.local)
    let short = try place.run("export.ldif", "--select", "UPN006")
    let long = try place.run("check", "export.ldif", "--select", "UPN006")
    #expect(short.status == 1)
    #expect(short.output == long.output)
  }

  @Test func noFindingsSayWhatWasExamined() throws {
    let outcome = try Workplace(Export.clean).check()
    #expect(outcome.output.contains("No findings: 1 object, "))
  }

  @Test func anIncompleteResultSaysWhereAndReportsTheRest() throws {
    let outcome = try Workplace(Export.broken).check()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("export.ldif:10"))
    #expect(outcome.output.contains("this is no attribute"))
    #expect(outcome.errors.contains("the result is incomplete"))
    #expect(outcome.output.contains("export.ldif:10"))
    #expect(outcome.output.contains("INCOMPLETE"))
    #expect(outcome.output.contains("UPN006"))
    #expect(outcome.output.contains("Examined: 2 objects"))
  }

  @Test func quietKeepsStandardErrorEmpty() throws {
    let outcome = try Workplace(Export.broken).check("--quiet")
    #expect(outcome.status == 2)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("INCOMPLETE"))
  }
}
