import Findings
import Testing

@testable import Reports

@Suite struct IdFixReportTests {
  private func rows(_ objects: [[Finding]]) throws -> [[String]] {
    try CSVReader.read(Fixture.render(.idfixCSV, objects: objects)).dropFirst().map { row in
      row.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test func headerIsIdFixsAndAnAction() throws {
    let rows = try CSVReader.read(Fixture.render(.idfixCSV, objects: []))
    #expect(
      rows.map { $0.map { String(decoding: $0, as: UTF8.self) } } == [
        [
          "DISTINGUISHEDNAME", "COMMONNAME", "OBJECTCLASS", "ATTRIBUTE", "ERROR", "VALUE", "UPDATE",
          "PROPOSEDACTION", "ACTION",
        ]
      ])
  }

  @Test func errorsOfOneValueShareARow() throws {
    let rows = try rows([Fixture.awkwardName])
    #expect(
      rows.map { Array($0[3...]) } == [
        ["proxyAddresses", "Duplicate", "SMTP:jo@contoso.com", "", "", ""],
        [
          "userPrincipalName", "Character, TopLevelDomain, upn-differs-from-mail",
          "jörg@corp.local", "joerg@corp.local", "EDIT", "",
        ],
      ])
  }

  @Test func apartFindingsOfOneValueMeet() throws {
    var first = Fixture.awkwardName[1]
    first.proposal = nil
    let rows = try rows([[first, Fixture.awkwardName[0], Fixture.awkwardName[1]]])
    #expect(rows.map { $0[4] } == ["Character", "Duplicate"])
    #expect(rows[0][6...7] == ["joerg@corp.local", "EDIT"])
  }

  @Test(arguments: [
    (Fixture.repair(.edit, "new", isSafe: true, ""), "EDIT"),
    (Fixture.repair(.edit, "old", isSafe: true, ""), "COMPLETE"),
    (Fixture.repair(.add, "new", isSafe: true, ""), "EDIT"),
    (Fixture.repair(.remove, nil, isSafe: true, ""), "REMOVE"),
    (Fixture.repair(.none, nil, isSafe: false, ""), ""),
  ])
  func actionIsIdFixsWord(_ repair: Proposal, _ word: String) throws {
    var finding = Fixture.finding(
      "NAME009", "a-name", .error, dn: [0x61], attribute: "sn", value: Array("old".utf8), "")
    finding.proposal = repair
    #expect(try rows([[finding]])[0][7] == word)
  }
}
