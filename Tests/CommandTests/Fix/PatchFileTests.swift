import Foundation
import Testing

/// The files that `fix` writes: none over another, none half, none without its undo.
@Suite struct PatchFileTests {
  /// A person with something to repair in each of `domains`.
  private static func place(_ domains: [String]) throws -> Workplace {
    try Workplace(
      domains.enumerated().map { number, domain in
        let parts = domain.split(separator: ".").map { "DC=\($0)" }.joined(separator: ",")
        return FixOptionTests.person("p\(number)", parts, "mail: a b\(number)@contoso.com")
      }.joined())
  }

  private static func files(_ place: Workplace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
      .filter { $0 != "export.ldif" }.sorted()
  }

  @Test(arguments: [
    ["contoso.com", "contoso.com.undo", "contoso.com.undo.undo"],
    ["a_b.com", "a*b.com", "a b.com"],
    ["contoso.com.undo", "contoso.com", "x.com"],
    [String(repeating: "a", count: 300), String(repeating: "a", count: 301), "b"],
  ])
  func theDirectoryChoosesNames(_ domains: [String]) throws {
    let place = try Self.place(domains)
    let made = try place.run("fix", "export.ldif", "-o", "p.ldif", "--split-by", "domain")
    #expect(made.status <= 1, "\(made.errors)")
    let files = try Self.files(place)
    #expect(files.count == 2 * domains.count, "\(files)")
    let texts = try files.map(place.read)
    for number in domains.indices {
      #expect(texts.count { $0.contains("\ndn: CN=p\(number),") } == 2, "\(files)")
      #expect(texts.count { $0.contains("add: mail\nmail: a b\(number)@contoso.com") } == 1)
    }
    // The undo of a patch is called after it.
    for name in files where !name.hasSuffix(".undo.ldif") {
      #expect(files.contains("\(name.dropLast(5)).undo.ldif"), "\(files)")
    }
  }

  @Test func aDomainIsOneInAnyLetters() throws {
    let place = try Self.place(["Contoso.com", "contoso.COM"])
    #expect(
      try place.run("fix", "export.ldif", "-o", "p.ldif", "--split-by", "domain").status <= 1)
    #expect(try Self.files(place).count == 2)
  }

  @Test(arguments: [
    ["-o", "x.ldif", "--undo", "x.ldif"], ["-o", "x.ldif", "--undo", "./x.ldif"],
    ["-o", "link.ldif", "--undo", "old.ldif"], ["-o", "decisions.csv"],
    ["-o", "x.ldif", "--undo", "decisions.csv"], ["-o", "export.ldif"],
    ["-o", "x.ldif", "--undo", "export.ldif"], ["-o", "done.journal"],
    ["-o", "x.ldif", "--undo", "done.journal"], ["-o", "x.ldif", "--undo", "no/folder/u.ldif"],
    ["-o", "x.ldif", "--undo", "x.ldif", "--split-by", "domain"],
    ["-o", "x.ldif", "--undo", "domains.txt", "--verified-domain", "domains.txt"],
  ])
  func nothingIsWrittenOverAnother(_ arguments: [String]) throws {
    let place = try Self.place(["contoso.com"])
    try place.write("fingerprint,dn,attribute,value,ACTION,NEWVALUE\r\n", to: "decisions.csv")
    try place.write("old", to: "old.ldif")
    try place.write("contoso.com\n", to: "domains.txt")
    try place.write("ldaplint-journal 1 x\n", to: "done.journal")
    try FileManager.default.createSymbolicLink(
      atPath: place.path("link.ldif"), withDestinationPath: "old.ldif")
    func all() throws -> [String: String] {
      try Dictionary(
        uniqueKeysWithValues: (Self.files(place) + ["export.ldif"]).map { ($0, try place.read($0)) }
      )
    }
    let before = try all()
    let decided = arguments.contains("decisions.csv") ? ["--decisions", "decisions.csv"] : []
    let ran = try place.run(["fix", "export.ldif"] + decided + arguments)
    #expect(ran.status == 2)
    #expect(ran.errorLines.count == 1, "\(ran.errors)")
    #expect(try all() == before)
  }

  /// A disk that takes the patch but not the undo leaves neither, and yesterday's as they were.
  @Test func aPatchIsNotThereWithoutItsUndo() throws {
    let place = try Self.place(["contoso.com"])
    let ran = try place.run("fix", "export.ldif", "-o", "p.ldif", "--undo", "/dev/full")
    #expect(ran.status == 2 && ran.errors.contains("/dev/full"), "\(ran.errors)")
    #expect(try Self.files(place).isEmpty)
  }

  @Test func aJournalIsNotOverwrittenByAReport() throws {
    let place = try Self.place(["contoso.com"])
    try place.write("ldaplint-journal 2 x\n", to: "done.journal")
    let ran = try place.check("-o", "done.journal")
    #expect(ran.status == 2 && ran.errors.contains("that is a journal"), "\(ran.errors)")
    #expect(try place.read("done.journal") == "ldaplint-journal 2 x\n")
  }

  // MARK: Patches that were cut

  @Test func aCutPatchIsRefused() throws {
    let place = try Self.place(["a.com", "b.com"])
    #expect(try place.run("fix", "export.ldif", "-o", "p.ldif").status <= 1)
    for name in ["p.ldif", "p.undo.ldif"] {
      let text = try place.read(name)
      let record = try #require(text.range(of: "\n\n", options: .backwards)).upperBound
      for cut in [text.startIndex, record, text.index(text.endIndex, offsetBy: -3)] {
        try place.write(String(text[..<cut]), to: "cut.ldif")
        let sent = try place.run("apply", "cut.ldif", "--to", "ldap://127.0.0.1:1")
        #expect(sent.status == 2)
        let words = cut == text.startIndex ? "there are no records" : "was cut off"
        #expect(sent.errors.contains(words), "\(sent.errors)")
        let tried = try place.run("fix", "export.ldif", "--check", "cut.ldif")
        #expect(tried.status == 2 && tried.errors.contains(words), "\(tried.errors)")
      }
    }
  }

  /// People take records out of patches.
  @Test func anotherNumberOfRecordsIsNoted() throws {
    let place = try Self.place(["a.com", "b.com"])
    #expect(try place.run("fix", "export.ldif", "-o", "p.ldif").status <= 1)
    var records = try place.read("p.ldif").components(separatedBy: "\n\n")
    try #require(records.count == 4)
    records.remove(at: 1)
    try place.write(records.joined(separator: "\n\n"), to: "edited.ldif")
    let tried = try place.run("fix", "export.ldif", "--check", "edited.ldif")
    #expect(tried.status <= 1, "\(tried.errors)")
    #expect(tried.errors.contains("written with 2 records, it has 1 now"), "\(tried.errors)")
    let whole = try place.run("fix", "export.ldif", "--check", "p.ldif")
    #expect(whole.status <= 1 && !whole.errors.contains("written with"), "\(whole.errors)")
  }
}

extension PatchFileTests {
  /// A comment names the object as people do, in one line however long; `--ascii` escapes.
  @Test func commentsAreRead() throws {
    let unit = String(repeating: "Überlange Abteilung ", count: 8) + "Ende"
    let dn = "CN=Jürgen Müller,OU=\(unit),DC=contoso,DC=com"
    let place = try Workplace(
      "dn: \(dn)\nobjectClass: user\ncn: x\nsAMAccountName: x\nuserAccountControl: 512\n"
        + "mail: a b@contoso.com\n\n")
    #expect(try place.run("fix", "export.ldif", "-o", "p.ldif").status <= 1)
    let (patch, undo) = (try place.read("p.ldif"), try place.read("p.undo.ldif"))
    for text in [patch, undo] {
      #expect(
        text.contains("\n# \(dn)\n") && text.contains("\n# 1 object; values changed: mail 1\n"))
    }
    #expect(patch.contains(": mail \"a b@contoso.com\" -> \"ab@contoso.com\" (safe): "))
    #expect(undo.contains("\n# restores mail \"ab@contoso.com\" -> \"a b@contoso.com\", "))
    #expect(try place.run("fix", "export.ldif", "--check", "p.ldif").status <= 1)
    let ascii = try place.run("fix", "export.ldif", "-o", "-", "--ascii")
    #expect(ascii.output.utf8.allSatisfy { $0 < 0x80 })
    #expect(ascii.output.contains("\n# CN=J\\u{fc}rgen M\\u{fc}ller,OU="))
  }
}
