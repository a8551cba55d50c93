import Bytes
import Findings
import Tables
import Testing

@testable import Reports

@Suite struct CSVReportTests {
  private func table(_ options: ReportOptions = ReportOptions()) throws -> [[String: [UInt8]]] {
    let rows = try CSVReader.read(Fixture.render(.csv, options))
    let header = rows[0].map { String(decoding: $0, as: UTF8.self) }
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  @Test func headerIsFixed() throws {
    let header = """
      rule,name,severity,category,syncError,source,line,dn,objectGUID,objectClass,attribute,value,\
      message,related,fixAction,fixValue,fixSafety,fixReason,evidence,cloud,valueBase64,fingerprint,\
      fixSafeValue,alsoChanged
      """
    let rows = try CSVReader.read(Fixture.render(.csv, objects: []))
    #expect(
      rows.map { $0.map { String(decoding: $0, as: UTF8.self) } } == [
        header.split(separator: ",").map(String.init)
      ])
  }

  @Test func everyCellIsReadBackAsItWas() throws {
    let rows = try table()
    try #require(rows.count == Fixture.findings.count)
    for (row, finding) in zip(rows, Fixture.findings) {
      let cell = { (name: String) in SpreadsheetGuard.unguarded(row[name] ?? [0]) }
      let text = { (text: String?) in Array((text ?? "").utf8) }
      #expect(cell("rule") == text(finding.rule))
      #expect(cell("severity") == text(finding.severity.name))
      #expect(cell("line") == text(finding.line.map { "\($0)" }))
      #expect(cell("attribute") == text(finding.attribute))
      #expect(cell("fixAction") == text(finding.proposal?.action.rawValue))
      #expect(cell("fixValue") == finding.proposal?.value ?? [])
      #expect(cell("fixSafety") == text(finding.proposal?.safety))
      #expect(cell("fixReason") == text(finding.proposal?.reason))
      #expect(cell("category") == text(finding.category))
      #expect(cell("syncError") == text(finding.syncError))
      #expect(cell("fingerprint") == text(finding.fingerprint))
      #expect(cell("value") == (finding.attribute == "jpegPhoto" ? [] : finding.value ?? []))
    }
    #expect(rows[6]["valueBase64"] == Array("/9gACg==".utf8))
  }

  @Test func noCellIsAFormula() throws {
    for row in try table() {
      for cell in row.values {
        let head = String(decoding: cell, as: UTF8.self).unicodeScalars.drop {
          $0 == "\"" || $0 == " "
        }
        #expect(!"=+-@\t\r\n＝＋－＠".unicodeScalars.contains(head.first ?? "x"))
      }
    }
  }

  @Test func verbatimLeavesCellsAlone() throws {
    var options = ReportOptions()
    options.isCSVVerbatim = true
    let rows = try table(options)
    #expect(rows.map { $0["value"] }.contains(Array("=cmd|' /C calc'!A0".utf8)))
    #expect(rows.map { $0["fixValue"] }.contains(Array("+1".utf8)))
  }

  @Test func relatedHasALineEach() throws {
    let cell = try #require(try table()[0]["related"])
    let lines = String(decoding: cell, as: UTF8.self).split(separator: "\n")
    #expect(
      lines == [
        "CN=Jo Other,OU=Staff and Guests,DC=contoso,DC=com|mail",
        "CN=Old\\FF\\0A|,DC=fabrikam,DC=example|proxyAddresses", "(and 1012 more)",
      ])
  }

  @Test func terminalGetsNoControls() throws {
    var options = ReportOptions()
    options.isTerminal = true
    for format in [ReportFormat.csv, .idfixCSV] {
      let text = Fixture.text(format, options)
      for scalar in text.unicodeScalars where scalar != "\r" && scalar != "\n" {
        #expect(HostileText.isShown(scalar))
      }
      _ = try CSVReader.read(Array(text.utf8))
    }
  }
}
