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
    #expect(check.output.contains(",edit,a1@contoso.com,safe,"), "\(check.output)")
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
      #expect(patch.hasPrefix("version: 1\n\n# "))
      #expect(patch.contains("@contoso.com"))
      #expect(try place.read("\(name).undo.ldif").contains("add: mail\n"))
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    #expect(files.count == 1 + 2 * names.count, "\(files)")
  }
}
