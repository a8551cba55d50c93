import Bytes
import Findings
import Foundation
import Testing

@testable import Reports

/// Every format tells of the same findings.
@Suite struct FormatsAgreeTests {
  private static let runs: [[[Finding]]] = [
    Fixture.objects, [], [Fixture.hostileName], [Fixture.values, Fixture.values],
  ]

  private func json(_ objects: [[Finding]]) throws -> [String: Any] {
    let data = Data(Fixture.render(.json, objects: objects))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func lines(_ objects: [[Finding]]) throws -> [[String: Any]] {
    try Fixture.text(.ndjson, objects: objects).split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(object as? [String: Any])
    }
  }

  @Test(arguments: runs)
  func countsAreEqual(_ objects: [[Finding]]) throws {
    let count = objects.reduce(0) { $0 + $1.count }
    let lines = try lines(objects)
    #expect(try (json(objects)["findings"] as? [Any])?.count == count)
    #expect(lines.count { $0["type"] as? String == "finding" } == count)
    #expect(try CSVReader.read(Fixture.render(.csv, objects: objects)).count == count + 1)
    let text = Fixture.text(.text, objects: objects).split(separator: "\n")
    let starts = ["  error    ", "  warning  ", "  info     "]
    #expect(text.count { line in starts.contains { line.hasPrefix($0) } } == count)
    let values = objects.map { Set($0.map { "\($0.attribute ?? "")=\($0.value ?? [])" }).count }
    let rows = try CSVReader.read(Fixture.render(.idfixCSV, objects: objects)).count
    #expect(rows == values.reduce(1, +))
    let decided = objects.map { findings in
      Set(
        (findings + findings[0].annotations.followers).filter { $0.proposal != nil }.map {
          "\($0.attribute ?? "")=\($0.proposal?.target ?? $0.value ?? [])"
        }
      ).count
    }
    #expect(
      try CSVReader.read(Fixture.render(.decisions, objects: objects)).count
        == decided.reduce(1, +))
  }

  @Test func linesHoldWhatTheObjectHolds() throws {
    let whole = try json(Fixture.objects)
    let lines = try lines(Fixture.objects).map { line -> NSDictionary in
      var line = line
      line["type"] = nil
      return line as NSDictionary
    }
    let findings = try #require(whole["findings"] as? [NSDictionary])
    let problems = try #require(whole["problems"] as? [NSDictionary])
    let summary = try #require(whole["summary"] as? NSDictionary)
    #expect(Array(lines.dropFirst()) == findings + problems + [summary])
    #expect(lines[0]["tool"] as? NSDictionary == whole["tool"] as? NSDictionary)
  }

  @Test func valuesSurviveJSON() throws {
    let findings = try #require(try json(Fixture.objects)["findings"] as? [[String: Any]])
    try #require(findings.count == Fixture.findings.count)
    for (json, finding) in zip(findings, Fixture.findings) {
      #expect(bytes(json, "dn") == finding.dn)
      #expect(bytes(json, "value") == finding.value)
      #expect(json["message"] as? String == finding.message)
      #expect(json["line"] as? Int == finding.line)
      let fix = json["fix"] as? [String: Any]
      #expect(fix.flatMap { bytes($0, "value") } == finding.proposal?.value)
      #expect(fix.flatMap { bytes($0, "target") } == finding.proposal?.target)
      let related = json["related"] as? [[String: Any]] ?? []
      #expect(related.map { bytes($0, "dn") } == finding.related.map(\.dn))
      #expect(related.map { bytes($0, "value") } == finding.related.map(\.value))
    }
  }

  private func bytes(_ object: [String: Any], _ key: String) -> [UInt8]? {
    if let text = object[key] as? String { return Array(text.utf8) }
    return (object[key + "Base64"] as? String).flatMap { Data(base64Encoded: $0) }.map(Array.init)
  }

  @Test func summaryIsTheLastMember() {
    let text = Fixture.text(.json)
    let order = [
      "\"version\"", "\"tool\"", "\"sources\"", "\"findings\":[", "\"problems\":[", "\"summary\":{",
    ]
    let places = order.map { text.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
  }

  @Test(arguments: [ReportFormat.text, .json, .ndjson])
  func terminalIsNotObeyed(_ format: ReportFormat) {
    for scalar in Fixture.text(format).unicodeScalars where scalar != "\n" {
      #expect(HostileText.isShown(scalar))
    }
  }

  @Test(arguments: ReportFormat.allCases)
  func bytesAreUTF8(_ format: ReportFormat) {
    #expect(String(validating: Fixture.render(format), as: UTF8.self) != nil)
  }
}
