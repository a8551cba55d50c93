import Foundation
import Testing

/// What people have as input: files, pipes, several forests, and what editors and tools do to LDIF.
@Suite struct InputTests {
  /// The same export as other tools would have written it.
  static let spellings: [(name: String, bytes: Data)] = {
    let text = "version: 1\n\n" + Export.clean + "\n" + Export.local
    let utf16 = Data([0xFF, 0xFE]) + (text.data(using: .utf16LittleEndian) ?? Data())
    return [
      ("as it is", Data(text.utf8)),
      ("CRLF", Data(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)),
      ("byte order mark", Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8)),
      ("UTF-16LE", utf16),
      ("no newline at the end", Data(text.trimmingCharacters(in: .newlines).utf8)),
      ("folded", Data(text.replacingOccurrences(of: "@contoso", with: "@con\n toso").utf8)),
      ("names in capitals", Data(text.replacingOccurrences(of: "mail:", with: "MAIL:").utf8)),
    ]
  }()

  @Test(arguments: spellings.indices) func everySpellingGivesTheSameFindings(_ index: Int) throws {
    let place = try Workplace()
    try place.write(Self.spellings[index].bytes, to: "export.ldif")
    let outcome = try place.run("check", "export.ldif", "--format", "csv")
    #expect(outcome.status == 1)
    let rows = try #require(strictCSV(outcome.output))
    #expect(rows.count == 2)
    #expect(rows[1].first == "UPN006")
    #expect(rows[1].contains("CN=ann,OU=Staff,DC=contoso,DC=com"))
    #expect(rows[1].contains("ann@contoso.local"))
  }

  @Test(arguments: ["", "# nothing\n# at all\n", "version: 1\n", "\n\n\r\n"])
  func nothingToReadIsSaid(_ text: String) throws {
    let outcome = try Workplace(text).check()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("No findings: 0 objects"))
    #expect(outcome.errors == "ldaplint: export.ldif: there are no entries in it\n")
  }

  @Test(arguments: ["changetype: add", "changetype: delete", "control: 1.2.3 true"])
  func changesAreRefused(_ line: String) throws {
    let record = "dn: CN=Bob,DC=contoso,DC=com\n\(line)\n\n"
    let outcome = try Workplace(record + Export.local).check()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("export.ldif:1"))
    #expect(outcome.errors.contains("change record"))
    #expect(outcome.output.contains("UPN006"))
  }

  @Test func aValueByURLIsNotFetched() throws {
    let place = try Workplace()
    try place.write("secret", to: "secret.txt")
    let url = "description:< file://\(place.path("secret.txt"))"
    try place.write(Export.user("ann", upn: "ann@contoso.local", more: url), to: "export.ldif")
    let outcome = try place.check()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("description"))
    #expect(outcome.errors.contains("never fetched"))
    #expect(!outcome.output.contains("secret\""))
    #expect(outcome.output.contains("UPN006"))
  }

  @Test func standardInputIsReadFromAPipeAndAFile() throws {
    let place = try Workplace(Export.local)
    let pipe = try place.shell("cat export.ldif | ldaplint check - --format csv")
    let file = try place.shell("ldaplint check - --format csv <export.ldif")
    #expect(pipe.status == 1)
    #expect(pipe.output == file.output)
    #expect(strictCSV(pipe.output)?.count == 2)
  }

  @Test func aNamedPipeIsRead() throws {
    let outcome = try Workplace(Export.local).shell(
      "ldaplint check <(cat export.ldif) --select UPN006")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("1 finding"))
  }

  @Test(arguments: [1, 7, 100, 180]) func aFileCutAnywhereDoesNotCrash(_ missing: Int) throws {
    let place = try Workplace()
    try place.write(Data(Data(Export.local.utf8).dropLast(missing)), to: "export.ldif")
    let outcome = try place.check()
    #expect(!outcome.isSignal)
    #expect((0...2).contains(outcome.status))
  }

  @Test func bytesThatAreNoLDIFAreProblems() throws {
    let place = try Workplace()
    try place.write(Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }), to: "x")
    let outcome = try place.run("check", "x")
    #expect(outcome.status == 2)
    #expect(!outcome.isSignal)
    #expect(outcome.errors.contains("x:"))
    #expect(outcome.errorLines.count < 30)
  }

  @Test func forestsAreNamedAndMayHaveSeveralFiles() throws {
    let place = try Workplace()
    try place.write(Export.user("ann", upn: "ann@contoso.com"), to: "a.ldif")
    try place.write(Export.clean, to: "b.ldif")
    // A contact with Ann's address.
    try place.write(
      """
      dn: CN=Ann (contact),DC=fabrikam,DC=com
      objectClass: contact
      mail: ann@contoso.com
      targetAddress: SMTP:ann@contoso.com
      proxyAddresses: SMTP:ann@contoso.com

      """, to: "c.ldif")
    let two = try place.run("check", "CORP=a.ldif", "CORP=b.ldif", "LAB=c.ldif")
    #expect(two.output.contains("DUP003"))
    #expect(!two.output.contains("DUP001"))
    #expect(two.output.contains("forest CORP") && two.output.contains("forest LAB"))
    let one = try place.run("check", "CORP=a.ldif", "CORP=b.ldif", "CORP=c.ldif")
    #expect(!one.output.contains("DUP003"))
    #expect(one.output.contains("DUP001"))
  }

  @Test func aPathWithAnEqualsSignIsAPath() throws {
    let place = try Workplace()
    try place.write(Export.local, to: "a=b.ldif")
    let outcome = try place.run("check", "a=b.ldif")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("a=b.ldif"))
  }

  @Test func basesChooseSubtrees() throws {
    let place = try Workplace(Export.local)
    #expect(try place.check("--base", "ou=staff, dc=contoso,DC=com").status == 1)
    #expect(try place.check("--base", "OU=Other,DC=contoso,DC=com").status == 0)
    #expect(try place.check("--exclude-base", "OU=Staff,DC=contoso,DC=com").status == 0)
  }
}
