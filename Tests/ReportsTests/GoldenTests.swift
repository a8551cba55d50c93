import Foundation
import TestKit
import Testing

@testable import Reports

/// The awkward run through every format, compared byte for byte. `UPDATE_GOLDEN=1` rewrites.
@Suite struct GoldenTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var format: ReportFormat
    var options = ReportOptions()
    var redacted: [String] = []
    var isQuiet = false
    var testDescription: String { file }
  }

  static let cases: [Case] = {
    var colored = ReportOptions()
    colored.isColored = true
    colored.width = 100
    var verbatim = ReportOptions()
    verbatim.isCSVVerbatim = true
    let redacted = ["proxyAddresses", "userprincipalname", "CN"]
    var cases = [
      Case(file: "colored.txt", format: .text, options: colored),
      Case(file: "verbatim.csv", format: .csv, options: verbatim),
    ]
    for style in TextStyle.allCases where style != .full {
      var options = ReportOptions()
      options.style = style
      options.width = 100
      cases.append(Case(file: "\(style.rawValue).txt", format: .text, options: options))
    }
    for (format, suffix) in [
      (ReportFormat.text, "txt"), (.json, "json"), (.ndjson, "ndjson"), (.csv, "csv"),
      (.idfixCSV, "idfix.csv"), (.decisions, "decisions.csv"),
    ] {
      cases.append(Case(file: "awkward.\(suffix)", format: format))
      cases.append(Case(file: "quiet.\(suffix)", format: format, isQuiet: true))
      cases.append(Case(file: "redacted.\(suffix)", format: format, redacted: redacted))
    }
    return cases
  }()

  @Test(arguments: cases)
  func reportIsAsRecorded(_ one: Case) throws {
    let report = Data(
      one.isQuiet
        ? Fixture.render(
          one.format, one.options, redacting: one.redacted, objects: [], summary: Fixture.quiet)
        : Fixture.render(one.format, one.options, redacting: one.redacted))
    let file = Repository.file("Tests/ReportsTests/Golden/\(one.file)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try report.write(to: file)
    }
    let golden = try Data(contentsOf: file)
    #expect(report == golden, "\(String(decoding: report, as: UTF8.self))")
  }
}
