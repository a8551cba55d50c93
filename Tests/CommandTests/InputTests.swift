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
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("ldaplint: export.ldif: there are no entries in it"))
  }

  @Test(arguments: [
    ("printf '' | ldaplint check -", 2), ("ldaplint check - <&-", 2),
    ("ldaplint check /dev/null", 2), ("false | ldaplint check -", 2),
    ("printf '' | ldaplint check - --allow-incomplete", 0),
    ("ldaplint check export.ldif --base DC=fabrikam,DC=com", 2),
  ]) func nothingReadIsNotClean(_ command: String, _ status: Int) throws {
    let outcome = try Workplace(Export.clean).shell(command)
    #expect(Int(outcome.status) == status, "\(command): \(outcome.errors)")
  }

  @Test(arguments: [
    ("objectClass", "dn: CN=a,DC=contoso,DC=com\nmail: a b@contoso.com\n"),
    ("none of its objects", "dn: OU=a,DC=contoso,DC=com\nobjectClass: organizationalUnit\n"),
  ]) func nothingJudgedIsNotClean(_ reason: String, _ export: String) throws {
    let outcome = try Workplace(export).check()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(reason))
  }

  @Test func fixWritesNothingWhereNothingWasRead() throws {
    let place = try Workplace("# nothing\n")
    try place.write("yesterday's", to: "patch.ldif")
    let outcome = try place.run("fix", "export.ldif", "-o", "patch.ldif")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("no entries"))
    #expect(try place.read("patch.ldif") == "yesterday's")
  }

  @Test(arguments: [
    "ldaplint fix /dev/null", "ldaplint fix - <&-", "false | ldaplint fix -",
    "printf 'version: 1\n' | ldaplint fix - --allow-incomplete",
    "printf '' | ldaplint fix - --unsafe-fixes",
    "ldaplint fix export.ldif --base DC=fabrikam,DC=com",
  ]) func fixOfNothingLeavesYesterdaysPatchAlone(_ command: String) throws {
    let place = try Workplace(Export.local)
    try place.write("patch", to: "patch.ldif")
    try place.write("undo", to: "patch.undo.ldif")
    let outcome = try place.shell(command + " -o patch.ldif")
    #expect(outcome.status == 2)
    #expect(!outcome.errors.isEmpty)
    #expect(try place.read("patch.ldif") == "patch")
    #expect(try place.read("patch.undo.ldif") == "undo")
  }

  /// `ldifde -f` writes every entry as one to be added.
  @Test(arguments: [
    "changetype: add", "changetype:  ADD ", "# a comment\nchangetype: add",
    "control: 1.2.3 true\nchangetype: add",
  ]) func entriesToBeAddedAreEntries(_ head: String) throws {
    let text = Export.local.replacingOccurrences(
      of: "\nobjectClass", with: "\n\(head)\nobjectClass",
      range: Export.local.range(of: "\nobjectClass"))
    #expect(text != Export.local)
    let place = try Workplace(text)
    let outcome = try place.check()
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("UPN006"))
    let fix = try place.run(
      "fix", "export.ldif", "--diff", "--unsafe-fixes", "--upn-suffix", "contoso.local=contoso.com")
    #expect(fix.output.contains("ann@contoso.com"))
  }

  /// Further down they are attributes, as a change log has them (RFC 2849).
  @Test func changetypeBelowOtherLinesIsAnAttribute() throws {
    let outcome = try Workplace(Export.local + "changetype: delete\n").check()
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("UPN006"))
  }

  @Test(arguments: [
    "userPassword: S3CRET", "userPassword : S3CRET", "userPassword S3CRET", "mail: S3CRET",
  ]) func standardErrorPrintsNoBrokenLine(_ line: String) throws {
    let place = try Workplace(line + "\n\n" + Export.local)
    for command in ["check", "fix"] {
      let more = command == "fix" ? ["--diff"] : ["--redact", "mail"]
      let outcome = try place.run([command, "export.ldif"] + more)
      #expect(outcome.status == 2)
      #expect(!outcome.errors.contains("S3CRET"), "\(outcome.errors)")
    }
  }

  @Test(arguments: ["changetype: delete", "changetype: modify"])
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
    #expect(try place.check("--base", "OU=Other,DC=contoso,DC=com").status == 2)
    #expect(try place.check("--exclude-base", "OU=Staff,DC=contoso,DC=com").status == 2)
  }
}
