import Foundation
import Testing

/// What the options of `fix` do to the patch and its files.
@Suite struct FixOptionTests {
  static func person(_ name: String, _ domain: String, _ lines: String...) -> String {
    "dn: CN=\(name),OU=Staff,\(domain)\nobjectClass: user\ncn: \(name)\nsAMAccountName: \(name)\n"
      + "userAccountControl: 512\n" + lines.map { $0 + "\n" }.joined() + "\n"
  }

  static let corp = "DC=corp,DC=contoso,DC=com"
  static let lab = "DC=lab,DC=contoso,DC=com"

  /// Without leave a sign-in name is not taken from an address; asked for, it needs no other leave.
  @Test func namesAreTakenFromTheAddressWhenAskedFor() throws {
    let place = try Workplace(
      Self.person(
        "ann", Self.corp, "userPrincipalName: a1@corp.local", "mail: ann@contoso.com",
        "proxyAddresses: SMTP:ann@contoso.com"))
    let without = try place.run("fix", "export.ldif", "-o", "-", "-q")
    #expect(!without.output.contains("userPrincipalName"))
    let asked = try place.run("fix", "export.ldif", "-o", "-", "-q", "--upn-from-mail")
    #expect(asked.output.contains("\nadd: userPrincipalName\nuserPrincipalName: ann@contoso.com\n"))
    let check = try place.check("--upn-from-mail", "--format", "csv", "--fail-on", "never")
    #expect(check.output.contains(",edit,ann@contoso.com,safe,"), "\(check.output)")
  }

  @Test(arguments: [("o", "jorg@contoso.com"), ("oe", "joerg@contoso.com")])
  func lettersAreSpelledAsWished(_ way: String, _ name: String) throws {
    let place = try Workplace(
      Self.person("jorg", Self.corp, "userPrincipalName:: asO2cmdAY29udG9zby5jb20="))
    let made = try place.run(
      "fix", "export.ldif", "-o", "-", "-q", "--unsafe-fixes", "--transliteration", way)
    #expect(made.output.contains("\nuserPrincipalName: \(name)\n"), "\(made.output)")
  }

  @Test func blanksAreSeenInADifference() throws {
    let place = try Workplace(
      Self.person("ann", Self.corp, "mail:: YW5uQGNvbnRvc28uY29tIA=="))
    let shown = try place.run("fix", "export.ldif", "--diff", "-q")
    #expect(shown.output.contains("\n- mail: \"ann@contoso.com \"\n+ mail: ann@contoso.com\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path).count == 1)
  }

  @Test func everyPatchHasItsUndoBesideIt() throws {
    let place = try Workplace(
      Self.person("ann", Self.corp, "mail: a nn@contoso.com")
        + Self.person("bob", Self.lab, "mail: b ob@contoso.com"))
    for split in ["domain", "source"] {
      let made = try place.run(
        "fix", "export.ldif", "-o", "\(split).ldif", "-q", "--split-by", split)
      #expect(made.status <= 1, "\(made.errors)")
    }
    let names = ["domain.corp.contoso.com", "domain.lab.contoso.com", "source.1-export"]
    for name in names {
      let patch = try place.read("\(name).ldif")
      #expect(patch.hasPrefix("version: 1\n# ldaplint patch, records: "))
      #expect(patch.contains("@contoso.com"))
      #expect(try place.read("\(name).undo.ldif").contains("add: mail\n"))
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    #expect(files.count == 1 + 2 * names.count, "\(files)")
  }

  /// What `check` says of a duplicate is what `fix` with the same options does.
  @Test(
    arguments: [
      (["--keep-policy", "mailbox"], "ann"), (["--keep-policy", "primary"], "bob"),
      (["--keep-policy", "enabled"], nil),
    ] as [([String], String?)])
  func checkSaysWhatFixDoes(_ options: [String], _ loser: String?) throws {
    let place = try Workplace(
      Self.person("ann", Self.corp, "proxyAddresses: SMTP:x@contoso.com")
        + Self.person(
          "bob", Self.corp, "homeMDB: CN=db", "proxyAddresses: SMTP:bob@contoso.com",
          "proxyAddresses: smtp:x@contoso.com"))
    let all = ["--select", "DUP001", "--unsafe-fixes"] + options
    let check = try place.run(["check", "export.ldif", "--format", "json"] + all)
    let proposed = check.output.split(separator: "\n").filter {
      $0.contains("\"action\":\"remove\"")
    }
    let made = try place.run(["fix", "export.ldif", "-o", "-", "-q"] + all)
    #expect(proposed.count == (loser == nil ? 0 : 1), "\(check.output)")
    for name in ["ann", "bob"] {
      let dn = "CN=\(name),OU=Staff,\(Self.corp)"
      #expect(
        proposed.contains { $0.contains("\"dn\":\"\(dn)\",\"objectClass\"") } == (name == loser))
      #expect(made.output.contains("dn: \(dn)\n") == (name == loser), "\(made.output)")
    }
  }

  /// As in `check`, whoever means it may work with what was seen.
  @Test func incompleteDataCanBeAllowed() throws {
    let place = try Workplace(Export.broken)
    let refused = try place.run("fix", "export.ldif", "--diff")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("the data is incomplete, so the patch may be too"))
    #expect(try place.run("fix", "export.ldif", "--diff", "--allow-incomplete").status == 1)
  }

  /// Nothing tells to whom a value belongs that several objects would be repaired to.
  @Test(arguments: [
    ("smtp:info desk@x.com", "smtp:infodesk @x.com"), ("smtp:i d@x.com", "smtp:id @x.com"),
  ])
  func whatSeveralWouldBeRepairedToIsGivenToNone(_ one: String, _ other: String) throws {
    for (first, second) in [(one, other), (other, one)] {
      let people = [
        Self.person("a", Self.corp, "proxyAddresses: \(first)", "mail: a a@x.com"),
        Self.person("b", Self.corp, "proxyAddresses: \(second)"),
        Self.person("c", Self.corp, "proxyAddresses: smtp:al one@x.com"),
      ]
      let place = try Workplace(people.joined())
      let made = try place.run("fix", "export.ldif", "-o", "-", "--list-left")
      #expect(made.output.contains("\nproxyAddresses: smtp:alone@x.com\n"), "\(made.output)")
      #expect(made.output.contains("\nmail: aa@x.com\n"), "\(made.output)")
      #expect(!made.output.contains("infodesk@") && !made.output.contains("id@"))
      let words = "Another object would be repaired to the same value"
      #expect(made.errors.components(separatedBy: words).count == 3, "\(made.errors)")
      let dn = "CN=b,OU=Staff,\(Self.corp)"
      try place.write(people[0] + people[2], to: "alone.ldif")
      let alone = try place.run("fix", "alone.ldif", "-o", "-", "-q")
      #expect(alone.output.contains("add: proxyAddresses") && !alone.output.contains(dn))
    }
  }

  /// What the numbers count is what the list names, and both are all that is left.
  @Test(arguments: [[], ["--unsafe-fixes"], ["--upn-suffix", "contoso.local=contoso.com"]])
  func numbersOfWhatIsLeftAgree(_ options: [String]) throws {
    let place = try Workplace()
    let file = Workplace.repository.appendingPathComponent("samples/contoso.ldif").path
    let counted = try place.run(["fix", file, "-o", "-"] + options).errors
    let listed = try place.run(["fix", file, "-o", "-", "--list-left"] + options).errors
    let sums = counted.matches(of: #/(?m)^  ([0-9]+) left alone: /#).compactMap { Int($0.1) }
    let left = try #require(counted.firstMatch(of: #/, left ([0-9]+), /#).flatMap { Int($0.1) })
    #expect(sums.reduce(0, +) == left)
    #expect(listed.matches(of: #/(?m)^  left alone: /#).count == left)
    try #require(left > 0)
  }

  /// What is not shown is not repaired.
  @Test func severityThatIsNotShownIsNotRepaired() throws {
    let text = Self.person(
      "ann", Self.corp, "userPrincipalName: a b@contoso.com", "displayName:: ICAg")
    let place = try Workplace(text)
    let all = try place.run("fix", "export.ldif", "-o", "-", "-q", "--unsafe-fixes")
    #expect(all.output.contains("displayName") && all.output.contains("userPrincipalName"))
    let less = try place.run(
      "fix", "export.ldif", "-o", "-", "-q", "--unsafe-fixes", "--min-severity", "error")
    #expect(!less.output.contains("displayName") && less.output.contains("userPrincipalName"))
    let check = try place.check("--min-severity", "error")
    #expect(check.output.contains("below --min-severity"))
  }
}
