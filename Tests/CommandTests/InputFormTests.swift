import Foundation
import Testing

/// What people give for an export: in other forms, of other tools, or something else altogether.
@Suite struct InputFormTests {
  /// `export.ldif` of `text` and packed beside it, as `gzip` does.
  private func packed(_ text: String) throws -> Workplace {
    let place = try Workplace(text)
    let outcome = try place.shell("gzip -k export.ldif")
    try #require(outcome.status == 0, "gzip is missing")
    return place
  }

  @Test(arguments: [
    "ldaplint check export.ldif.gz", "ldaplint check - <export.ldif.gz",
    "cat export.ldif.gz | ldaplint check -", "cat export.ldif.gz | gzip | ldaplint check -",
    "ldaplint check <(iconv -t UTF-16 export.ldif | gzip -9)",
    "tr '\\n' '\\r' <export.ldif | ldaplint check -",
    "iconv -t UTF-16LE export.ldif | ldaplint check -",
    "iconv -t UTF-16BE export.ldif | ldaplint check -",
  ]) func everyFormGivesTheSameFindings(_ command: String) throws {
    let place = try packed(Export.local)
    let plain = try place.shell("ldaplint check export.ldif --format csv")
    let outcome = try place.shell("set -o pipefail; " + command + " --format csv")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(strictCSV(outcome.output)?.count == strictCSV(plain.output)?.count)
    #expect(outcome.output.contains("UPN006"))
  }

  @Test func fixReadsWhatIsPacked() throws {
    let place = try packed(Export.local)
    let outcome = try place.run(
      "fix", "export.ldif.gz", "-o", "p.ldif", "--upn-suffix", "contoso.local=contoso.com")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let again = try place.shell(
      "gzip p.ldif && ldaplint fix export.ldif.gz --check p.ldif.gz")
    #expect(again.status == 0, "\(again.errors)")
  }

  @Test func aPackedFileThatIsCutIsIncomplete() throws {
    let place = try packed(Export.local + "\n" + String(repeating: "# x\n", count: 5000))
    let outcome = try place.shell("head -c 200 export.ldif.gz >cut.gz; ldaplint check cut.gz")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("cut.gz: the gzip file is cut off"))
  }

  /// What is unpacked needs room on the disk, and no more memory than a plain file.
  @Test func aFullDiskIsSaid() throws {
    let place = try packed(Export.local + String(repeating: "# nothing\n", count: 300_000))
    let outcome = try place.shell("ulimit -f 500; TMPDIR=$PWD ldaplint check export.ldif.gz")
    #expect(outcome.status == 2)
    #expect(!outcome.isSignal)
    #expect(outcome.errors.contains("does not fit into"), "\(outcome.errors)")
    #expect(outcome.errors.contains("TMPDIR"))
  }

  /// As `ldifde -f` writes a group: its members stand in records of their own.
  @Test func valuesAddedLaterAreOfTheirEntry() throws {
    let text =
      Export.user("ann", upn: "ann@contoso.com").replacingOccurrences(
        of: "\nobjectClass", with: "\nchangetype: add\nobjectClass",
        range: Export.local.range(of: "\nobjectClass"))
    let place = try Workplace(
      text + """

        dn: CN=ann,OU=Staff,DC=contoso,DC=com
        changetype: modify
        add: proxyAddresses
        proxyAddresses: smtp:a b@contoso.com
        proxyAddresses: smtp:ann@contoso.com
        -

        \(Export.local)
        """)
    let outcome = try place.run("check", "export.ldif", "--format", "csv")
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(outcome.output.contains("a b@contoso.com"))
    // Lines are those of the file.
    let lines = try place.read("export.ldif").components(separatedBy: "\n")
    let rows = try #require(strictCSV(outcome.output))
    let column = try #require(rows[0].firstIndex(of: "line"))
    for row in rows.dropFirst() {
      let line = try #require(Int(row[column]))
      #expect(lines[line - 1].hasPrefix("dn: "))
      #expect(row.contains(String(lines[line - 1].dropFirst(4))))
    }
  }

  @Test func whatAddsToNobodyIsSaid() throws {
    let place = try Workplace(
      Export.local
        + "\ndn: CN=Nobody,DC=contoso,DC=com\nchangetype: modify\nadd: mail\nmail: a@b.com\n-\n")
    let outcome = try place.check()
    #expect(outcome.status == 2)
    #expect(outcome.errors.lowercased().contains("cn=nobody"))
    #expect(outcome.output.contains("UPN006"))
  }

  private static let patch =
    "dn: CN=ann,OU=Staff,DC=contoso,DC=com\nchangetype: modify\nreplace: mail\nmail: a@contoso.com\n-\n"

  @Test func aPatchIsCalledAPatch() throws {
    let place = try Workplace(Self.patch + "\n" + Self.patch)
    let outcome = try place.check()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("export.ldif:1"))
    #expect(outcome.errors.contains("this is a patch"))
    #expect(outcome.errors.contains("fix EXPORT --check PATCH"))
    #expect(outcome.errors.contains("2 change records"))
    let mixed = try Workplace(Export.local + "\n" + Self.patch).check()
    #expect(mixed.status == 2)
    #expect(mixed.errors.contains("patch"))
    #expect(mixed.output.contains("UPN006"))
  }

  @Test(arguments: [
    ["apply", "export.ldif", "--to", "ldap://127.0.0.1:9", "--allow-plaintext"],
    ["fix", "export.ldif", "--check", "export.ldif"],
    ["undo", "export.ldif", "--to", "ldap://127.0.0.1:9", "--allow-plaintext"],
  ]) func anExportIsCalledAnExport(_ arguments: [String]) throws {
    for text in [
      Export.local,
      Export.local.replacingOccurrences(
        of: "\nobjectClass", with: "\nchangetype: add\nobjectClass"),
    ] {
      let outcome = try Workplace(text).run(arguments)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("this is an export"), "\(outcome.errors)")
      #expect(outcome.errorLines.count == 1)
    }
  }

  @Test func aPatchIsNoJournal() throws {
    let outcome = try Workplace(Self.patch).run(
      "undo", "export.ldif", "--to", "ldap://127.0.0.1:9", "--allow-plaintext")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("this is a patch, and this is no journal"))
  }

  @Test(arguments: [
    ("users.csv", "DN,objectClass,cn\n\"CN=A,DC=b\",user,A\n", "csvde"),
    ("users.json", "{\"value\": [{\"dn\": \"CN=a\"}]}\n", "JSON"),
    ("export.pdf", "%PDF-1.4\n%\u{1}\n", "PDF"),
  ]) func anythingElseIsCalledByItsName(_ name: String, _ text: String, _ what: String) throws {
    let place = try Workplace(Export.local)
    try place.write(text, to: name)
    let check = try place.run("check", name)
    #expect(check.status == 2)
    #expect(check.errorLines.count { $0.contains("this is") && $0.contains(what) } == 1)
    #expect(check.errors.contains("ldifde -f export.ldif -u"))
    // What else is given is checked.
    let both = try place.run("check", "export.ldif", name)
    #expect(both.status == 2)
    #expect(both.output.contains("UPN006"))
    for arguments in [
      ["fix", name, "-o", "p.ldif"], ["fix", "export.ldif", "--check", name],
      ["apply", name, "--to", "ldap://127.0.0.1:9", "--allow-plaintext"],
    ] {
      let outcome = try place.run(arguments)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains(what), "\(outcome.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: place.path("p.ldif")))
  }

  @Test func aFolderIsCalledAFolder() throws {
    let outcome = try Workplace().run("check", ".")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("folder"))
  }

  @Test(arguments: [
    ("dc1.contoso.com", "ldaps://dc1.contoso.com"), ("dc1:389", "ldap://dc1:389"),
    ("contoso.local", "ldaps://contoso.local"), ("CORP=dc1.contoso.com", "ldaps://dc1.contoso.com"),
    ("dc1.contoso.com:636", "ldaps://dc1.contoso.com:636"), ("localhost", "ldaps://localhost"),
    ("192.168.1.10", "ldaps://192.168.1.10"), ("gc.contoso.com:3268", "ldap://gc.contoso.com:3268"),
  ]) func aServersNameIsAskedAbout(_ name: String, _ url: String) throws {
    let outcome = try Workplace().run("check", name)
    #expect(outcome.status == 2)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("did you mean \(url)?"), "\(outcome.errors)")
  }

  @Test(arguments: [
    "export.ldif", "a/b.com", "export.ldf", "contoso.com.txt", "a b.com", "x..com", "dc1:99999",
    "export.ldif.gz",
  ]) func aFilesNameIsNot(_ name: String) throws {
    let outcome = try Workplace().run("check", name)
    #expect(outcome.status == 2)
    #expect(!outcome.errors.contains("ldaps://"), "\(outcome.errors)")
  }

  @Test(arguments: [
    ("dn: CN=a,DC=contoso,DC=com\n\ndn: CN=b,DC=contoso,DC=com\n", "1.1"),
    ("dn: CN=a,DC=b\nobjectClass:\nmail:\n\ndn: CN=c,DC=b\nobjectClass:\n", "ldapsearch -A"),
    ("dn: CN=a,DC=contoso,DC=com\nmail: a@contoso.com\n", "objectClass"),
  ]) func nothingJudgedSaysWhy(_ text: String, _ reason: String) throws {
    let place = try Workplace(text)
    let outcome = try place.check()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(reason), "\(outcome.errors)")
    #expect(try place.check("--allow-incomplete").status == 0)
  }

  @Test func everyBaseMustHaveEntries() throws {
    let place = try Workplace(Export.local)
    let slip = try place.check("--base", "OU=Stff,DC=contoso,DC=com")
    #expect(slip.status == 2)
    #expect(slip.errors.contains("--base OU=Stff,DC=contoso,DC=com"))
    let half = try place.check(
      "--base", "OU=Staff,DC=contoso,DC=com", "--base", "OU=Stff,DC=contoso,DC=com")
    #expect(half.status == 2)
    #expect(half.errors.contains("--base OU=Stff,DC=contoso,DC=com"))
    #expect(half.output.contains("UPN006"))
    let inner = try place.check(
      "--base", "DC=contoso,DC=com", "--base", "OU=Staff,DC=contoso,DC=com")
    #expect(inner.status == 1)
  }
}
