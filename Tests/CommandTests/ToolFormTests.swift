import Foundation
import Testing

/// Records as tools write them, from the check to a patch that passes `fix --check`.
@Suite struct ToolFormTests {
  private static func user(_ dn: String, _ upn: String, _ more: String = "") -> String {
    "dn: \(dn)\nobjectClass: user\ncn: una\nsAMAccountName: una\nuserPrincipalName: \(upn)\n\(more)\n"
  }

  /// The patch that `fix` writes for `export`, which must pass its own check.
  private static func patch(_ export: String, _ options: String...) throws -> String {
    let place = try Workplace(export)
    let fix = try place.run(["fix", "export.ldif", "-o", "p.ldif"] + options)
    #expect(fix.status <= 1, "\(fix.errors)")
    let check = try place.run(["fix", "export.ldif", "--check", "p.ldif"] + options)
    #expect(check.status <= 1, "\(check.errors)")
    return try place.read("p.ldif")
  }

  @Test func aPatchForExtendedNamesHasThePlainOnes() throws {
    let dn = "CN=Una,OU=Staff,DC=contoso,DC=com"
    let patch = try Self.patch(
      Self.user(
        "<GUID=6f1b2c3d-1111-4222-8333-94445555aaaa>;<SID=S-1-5-21-1-2-3-4>;\(dn)",
        "un a@contoso.com"),
      "--unsafe-fixes")
    #expect(patch.contains("\ndn: \(dn)\n"))
    #expect(!patch.contains("dn: <"))
  }

  @Test func aPatchForWhatIsReplicatedNamesTheAttributeAlone() throws {
    let patch = try Self.patch(
      """
      dn: uid=leo,ou=people,dc=contoso,dc=com
      objectClass;vucsn-5f1e0a020000000a0000: inetOrgPerson
      uid;vucsn-5f1e0a020000000a0000;mdcsn-5f1e0a020000000a0000: leo
      sn: Leo
      cn: Leo
      mail;adcsn-5f1e0a030000000a0001;vucsn-5f1e0a030000000a0002: leo @contoso.com
      mail;vucsn-5f1e0a020000000a0000;vdcsn-5f1e0a030000000a0001;deleted: l eo@contoso.com

      """, "--directory", "ldap")
    #expect(patch.contains("delete: mail\nmail: leo @contoso.com\n"), "\(patch)")
    #expect(!patch.contains("csn"))
    #expect(!patch.contains("l eo"))
  }

  @Test func severalValuesAreOneRepairEachOutsideOfActiveDirectory() throws {
    let patch = try Self.patch(
      """
      dn: uid=nia,ou=People,dc=contoso,dc=com
      objectClass: inetOrgPerson
      uid: nia
      cn: Nia
      sn: Nia
      mail: nia.berg@contoso.com
      mail: nia @contoso.com

      """, "--directory", "ldap")
    #expect(patch.contains("add: mail\nmail: nia@contoso.com\n"), "\(patch)")
  }

  @Test func nothingIsWrittenForWhatIsCalledByNoName() throws {
    let dn = "CN=Berg, Una,OU=Staff,DC=contoso,DC=com"
    let place = try Workplace(Self.user(dn, "una berg@contoso.com"))
    let check = try place.check()
    #expect(check.status == 2)
    #expect(check.errors.contains("export.ldif:1 "), "\(check.errors)")
    #expect(check.errors.contains("no distinguished name (RFC 4514)"))
    #expect(check.output.contains("1 user"))
    let fix = try place.run("fix", "export.ldif", "--unsafe-fixes", "--diff", "--list-left")
    #expect(fix.status == 2)
    #expect(!fix.output.contains("unaberg@"))
    #expect(
      (fix.output + fix.errors).contains("no patch can name it"), "\(fix.output)\(fix.errors)")
    try place.write(
      "dn: \(dn)\nchangetype: modify\nadd: title\ntitle: x\n-\n\n", to: "p.ldif")
    let patch = try place.run("fix", "export.ldif", "--check", "p.ldif")
    #expect(patch.status == 2)
    #expect(patch.errors.contains("no distinguished name"), "\(patch.errors)")
  }

  @Test func aNameThatStandsTwiceIsOneObjectEverywhere() throws {
    let one = Self.user("CN=Ole,OU=Staff,DC=contoso,DC=com", "ole dahl@contoso.com")
    let two = Self.user("cn=OLE, OU=Staff,DC=contoso,DC=com", "ole dahl@contoso.com")
    let place = try Workplace(one + two)
    #expect(try place.check().output.contains("1 user"))
    let patch = try Self.patch(one + two, "--unsafe-fixes")
    #expect(patch.components(separatedBy: "changetype: modify").count == 2)
  }

  @Test func nothingIsWrittenForDeletedObjects() throws {
    let place = try Workplace(
      Self.user("CN=Ole,OU=Staff,DC=contoso,DC=com", "ole@contoso.com")
        + Self.user("CN=Una\\0ADEL:1,CN=Deleted Objects,DC=contoso,DC=com", "un a@contoso.com"))
    let fix = try place.run("fix", "export.ldif", "--unsafe-fixes", "--diff")
    #expect(fix.status == 0)
    #expect(!fix.output.contains("una@"))
    try place.write(
      "dn: CN=Una\\0ADEL:1,CN=Deleted Objects,DC=contoso,DC=com\nchangetype: modify\nadd: title\n"
        + "title: x\n-\n\n", to: "p.ldif")
    let patch = try place.run("fix", "export.ldif", "--check", "p.ldif")
    #expect(patch.status == 2)
  }

  @Test func allValuesOfMailAreRivals() throws {
    let place = try Workplace(
      """
      dn: uid=jensen,ou=people,dc=fabrikam,dc=com
      objectClass: inetOrgPerson
      uid: jensen
      mail: bo@fabrikam.com
      mail: bo.jensen@fabrikam.com

      dn: uid=other,ou=people,dc=fabrikam,dc=com
      objectClass: inetOrgPerson
      uid: other
      mail: BO.jensen@fabrikam.com

      """)
    let check = try place.check()
    #expect(check.output.contains("DUP00"), "\(check.output)")
    #expect(check.output.contains("bo.jensen@fabrikam.com"))
  }
}
