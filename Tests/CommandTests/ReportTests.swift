import Foundation
import Testing

/// Reports as files and on standard output: that formats agree, and that nothing hostile gets out.
@Suite struct ReportTests {
  private static func findings(_ text: String, _ format: String) throws -> Int? {
    switch format {
    case "json":
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return (object?["findings"] as? [Any])?.count
    case "ndjson":
      let lines = try text.split(separator: "\n").map {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
      return lines.filter { $0?["type"] as? String == "finding" }.count
    case "csv":
      return strictCSV(text).map { $0.count - 1 }
    default:
      let line = text.split(separator: "\n").last { $0.contains("finding") && $0.contains("error") }
      return line?.split(separator: " ").first.flatMap { Int($0) }
    }
  }

  @Test(arguments: ["export.ldif", "samples/contoso.ldif"])
  func everyFormatHasTheSameFindings(_ name: String) throws {
    let place = try Workplace(Export.hostile)
    let source =
      name == "export.ldif" ? name : Workplace.repository.appendingPathComponent(name).path
    let outcome = try place.run(
      "check", source, "-o", "out.text", "--report", "json=out.json", "--report",
      "ndjson=out.ndjson", "--report", "csv=out.csv", "--report", "idfix-csv=out.idfix")
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty && outcome.errorLines.count == 1)
    let count = try #require(try Self.findings(place.read("out.text"), "text"))
    #expect(count > 3)
    for format in ["json", "ndjson", "csv"] {
      #expect(try Self.findings(place.read("out.\(format)"), format) == count)
    }
    let idfix = try #require(strictCSV(place.read("out.idfix")))
    #expect(
      idfix.first == [
        "DISTINGUISHEDNAME", "COMMONNAME", "OBJECTCLASS", "ATTRIBUTE", "ERROR", "VALUE", "UPDATE",
        "PROPOSEDACTION", "ACTION",
      ])
    // Several errors of one value are one row there.
    let csv = try #require(strictCSV(place.read("out.csv")))
    let columns = try ["dn", "attribute", "value", "valueBase64"].map {
      try #require(csv.first?.firstIndex(of: $0))
    }
    let values = Set(csv.dropFirst().map { row in columns.map { row[$0] } })
    #expect(idfix.count - 1 == values.count)
  }

  @Test(arguments: ["text", "json", "ndjson", "csv", "idfix-csv"])
  func aFileHoldsWhatStandardOutputWouldShow(_ format: String) throws {
    let place = try Workplace(Export.local)
    let shown = try place.check("--format", format)
    let written = try place.check("--format", format, "-o", "out")
    #expect(written.output.isEmpty)
    #expect(try place.read("out") == shown.output)
    let more = try place.check("--report", "\(format)=more", "-q")
    #expect(more.status == 1)
    #expect(try place.read("more") == shown.output)
  }

  @Test func aLongerOldReportIsReplacedWhole() throws {
    let place = try Workplace(Export.clean)
    try place.write(String(repeating: "old\n", count: 10_000), to: "out")
    #expect(try place.check("-o", "out").status == 0)
    #expect(try !place.read("out").contains("old"))
  }

  @Test func formulaCellsAreDefusedUnlessVerbatim() throws {
    let place = try Workplace(Export.hostile)
    let safe = try #require(strictCSV(try place.check("--format", "csv").output))
    let cells = safe.joined()
    #expect(cells.contains("'=cmd@contoso.local"))
    for cell in cells {
      #expect(!"=+-@\t\r".contains(cell.first ?? "x"), "\(cell)")
    }
    let raw = try #require(strictCSV(try place.check("--format", "csv", "--csv-verbatim").output))
    #expect(raw.joined().contains("=cmd@contoso.local"))
    #expect(raw.count == safe.count)
  }

  @Test(arguments: ["text", "json", "ndjson", "csv", "idfix-csv"])
  func redactedValuesAreNowhere(_ format: String) throws {
    let text = Export.user("ann", upn: "ann.secret@contoso.local", more: "title: x")
    let place = try Workplace(text)
    #expect(try place.check("--format", format).output.contains("ann.secret"))
    let outcome = try place.check("--format", format, "--redact", "USERPRINCIPALNAME")
    #expect(outcome.status == 1)
    #expect(!outcome.output.contains("ann.secret"))
    #expect(outcome.output.contains("redacted"))
  }

  @Test(arguments: ["text", "json", "ndjson"])
  func controlCharactersOfTheDirectoryStayOut(_ format: String) throws {
    let outcome = try Workplace(Export.hostile).check("--format", format, "--list-skipped")
    #expect(outcome.output.contains("NAME011"))
    for scalar in outcome.output.unicodeScalars where scalar != "\n" {
      #expect(
        scalar.properties.generalCategory != .control && scalar != "\u{202E}",
        "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func controlCharactersOfABrokenRecordStayOutOfStandardError() throws {
    let place = try Workplace("dn: CN=a,DC=b\n\u{1B}[31mno attribute\u{7}\n\n" + Export.clean)
    let outcome = try place.check()
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("no attribute"))
    for text in [outcome.errors, outcome.output] {
      #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" })
    }
  }

  @Test func outputDoesNotDependOnThreads() throws {
    let place = try Workplace(Export.many(5_000))
    let samples = Workplace.repository.appendingPathComponent("samples").path
    let formats = ["text", "json", "ndjson", "csv", "idfix-csv"]
    func reports(_ threads: Int) throws -> [String] {
      let outcome = try place.run(
        ["check", "BIG=export.ldif", "CONTOSO=\(samples)/contoso.ldif"]
          + ["FABRIKAM=\(samples)/fabrikam.ldif", "--list-skipped", "--threads", "\(threads)"]
          + ["-o", "out.text"] + formats.dropFirst().flatMap { ["--report", "\($0)=out.\($0)"] })
      #expect(outcome.status == 1)
      #expect(outcome.errorLines.count == 1)
      return try formats.map { try place.read("out.\($0)") }
    }
    let one = try reports(1)
    #expect(one.allSatisfy { $0.utf8.count > 10_000 })
    for threads in [2, 16] {
      #expect(try reports(threads) == one, "\(threads) threads")
    }
  }
}
