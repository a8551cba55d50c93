import Checks
import Foundation
import Lint
import TestKit
import Testing

/// The sample forests show what samples/README.md says that they show.
@Suite struct SamplesTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "samples")

  @Test func contosoShowsWhatItsTableSays() throws {
    let table = try Self.table(under: "contoso.ldif")
    #expect(table.count > 85)
    let found = try Self.counts(["contoso.ldif"], verified: ["contoso.com"])
    #expect(found == table)
  }

  @Test func contosoShowsNearlyEveryRule() throws {
    let found = try Self.counts(["contoso.ldif"], verified: ["contoso.com"])
    let all = try Lint.library.pack("entra-id").rules.map(\.id)
    // Two forests, or a file of several megabytes, are needed for some, and Exchange for others; on
    // DUP009 another rule is heard.
    #expect(
      all.filter { found[$0] == nil }.sorted() == [
        "ANC002", "DUP003", "DUP009", "DUP011", "DUP012", "DUP013", "EXC001", "EXC002", "GRP001",
        "GRP002", "NAME013",
      ])
  }

  @Test func forestsCollide() throws {
    let alone = try Self.counts(["contoso.ldif"])
    let both = try Self.counts(["contoso.ldif", "fabrikam.ldif"])
    let more = both.merging(alone) { $0 - $1 }.filter { $0.value != 0 }
    // Beside the duplicate of her name, UPN012 says nothing of Anna Schneider's.
    #expect(more == ["DUP001": 9, "DUP003": 2, "DUP005": 6, "DUP006": 6])
    #expect(try Self.counts(["fabrikam.ldif"]) == ["UPN012": 1])
  }

  @Test(arguments: ["entra-id", "idfix-multi-tenant"])
  func cleanIsClean(_ pack: String) throws {
    #expect(try Self.counts(["clean.ldif"], pack: pack) == [:])
  }

  // MARK: Running

  /// Findings by rule over some samples, each its own forest.
  static func counts(
    _ files: [String], pack name: String = "entra-id", verified: Set<String> = []
  ) throws -> [String: Int] {
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = verified
    let ruleSet = try Lint.rules(name, settings: settings)
    let sources = try files.map { file in
      try Lint.source(file: folder.appending(path: file).path, name: file)
    }
    let result = try LintRun(ruleSet: ruleSet, sources: sources, options: LintOptions()).run()
    #expect(result.summary.isComplete)
    return Dictionary(uniqueKeysWithValues: result.counted().byRule.map { ($0.rule, $0.count) })
  }

  /// The numbers of findings in the table of one section of the README.
  static func table(under title: String) throws -> [String: Int] {
    let text = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    let section = text.components(separatedBy: "\n## ").first { $0.hasPrefix(title + "\n") } ?? ""
    var table: [String: Int] = [:]
    for line in section.split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "|").map { $0.split(separator: " ") }
      guard cells.count >= 2, let id = cells[0].first,
        let count = cells[1].first.flatMap({ Int($0) })
      else { continue }
      table[String(id)] = count
    }
    return table
  }
}
