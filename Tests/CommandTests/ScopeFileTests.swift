import Foundation
import Testing

/// Where to look, from files and by groups.
@Suite struct ScopeFileTests {
  private static let export =
    Export.clean
    + "\n"
      + """
      dn: CN=Ann,OU=Lab,DC=contoso,DC=com
      objectClass: user
      sAMAccountName: ann
      userPrincipalName: ann@contoso.local

      dn: CN=Pilot,OU=Groups,DC=contoso,DC=com
      objectClass: group
      sAMAccountName: Pilot
      groupType: -2147483646
      member: CN=Bob,OU=Staff,DC=contoso,DC=com
      member: CN=Gone,OU=Staff,DC=contoso,DC=com

      """

  private func examined(_ outcome: Outcome) -> String {
    outcome.output.split(separator: "\n").first { $0.hasPrefix("Examined:") }.map(String.init) ?? ""
  }

  @Test(arguments: [
    "OU=Staff,DC=contoso,DC=com\n", "# ours\r\n\r\n\u{FEFF}ou=staff, dc=contoso, dc=com\r\n",
    "\"OU=Staff,DC=contoso,DC=com\"\n; none\n",
    "\"DistinguishedName\"\n\"OU=Staff,DC=contoso,DC=com\"\n",
    "\nDistinguishedName\n-----------------\nOU=Staff,DC=contoso,DC=com\n\n",
    "DistinguishedName : OU=Staff,DC=contoso,DC=com\n",
  ])
  func basesAreReadFromAFile(_ list: String) throws {
    let place = try Workplace(Self.export)
    for data in [Data(list.utf8), try #require("\u{FEFF}\(list)".data(using: .utf16LittleEndian))] {
      try place.write(data, to: "bases.txt")
      let outcome = try place.run("check", "export.ldif", "--base", "bases.txt")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(examined(outcome).hasPrefix("Examined: 1 object "))
      let rest = try place.run("check", "export.ldif", "--exclude-base", "bases.txt")
      #expect(rest.status == 1)
      #expect(examined(rest).hasPrefix("Examined: 2 objects "))
    }
  }

  @Test(arguments: [
    ("OU=Staff,DC=contoso,DC=com\nStaff\n", "bases.txt:2"), ("\n\n# x\nOU=\"a\n", "bases.txt:4"),
    ("# none\n", "no DN in the file"), ("", "no DN in the file"),
    ("<?xml version=\"1.0\"?>", "bases.txt:1"),
  ])
  func aLineThatIsNoDNIsMisuse(_ list: String, _ says: String) throws {
    let place = try Workplace(Self.export)
    try place.write(list, to: "bases.txt")
    for option in ["--base", "--exclude-base"] {
      let outcome = try place.run("check", "export.ldif", option, "bases.txt")
      #expect(outcome.status == 2 && outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1 && outcome.errors.contains(says), "\(outcome.errors)")
      #expect(outcome.errors.contains(option))
    }
  }

  @Test func aListThatIsNotUTF8IsMisuse() throws {
    let place = try Workplace(Self.export)
    try place.write(
      Data("OU=B".utf8) + [0xFC] + Data("ro,DC=contoso,DC=com\n".utf8), to: "bases.txt")
    let outcome = try place.run("check", "export.ldif", "--base", "bases.txt")
    #expect(outcome.status == 2 && outcome.errors.contains("bases.txt:1"))
    #expect(outcome.errors.contains("UTF-8"))
  }

  /// What is a DN is one, even where a file has that name.
  @Test func aDNStaysADN() throws {
    let place = try Workplace(Self.export)
    try place.write("nothing", to: "OU=Staff,DC=contoso,DC=com")
    let outcome = try place.run("check", "export.ldif", "--base", "OU=Staff,DC=contoso,DC=com")
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func aBaseThatMatchesNothingIsNamed() throws {
    let place = try Workplace(Self.export)
    let outcome = try place.run("check", "export.ldif", "--base", "OU=Stff,DC=contoso,DC=com")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("OU=Stff,DC=contoso,DC=com"))
  }

  @Test func noReportIsWrittenOverAListOfBases() throws {
    let place = try Workplace(Self.export)
    try place.write("OU=Staff,DC=contoso,DC=com\n", to: "bases.txt")
    let outcome = try place.run(
      "check", "export.ldif", "--base", "bases.txt", "-o", "bases.txt")
    #expect(outcome.status == 2 && outcome.errors.contains("bases.txt"))
  }

  // MARK: Groups

  @Test func onlyMembersOfTheGroupAreExamined() throws {
    let place = try Workplace(Self.export)
    let group = "CN=Pilot,OU=Groups,DC=contoso,DC=com"
    let outcome = try place.run("check", "export.ldif", "--sync-group", group)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(examined(outcome).hasPrefix("Examined: 1 object "))
    #expect(outcome.output.contains("2 no direct member of --sync-group"))
    #expect(outcome.output.contains("1 of the 2 members of --sync-group"))
    let named = try place.run("check", "CORP=export.ldif", "--sync-group", "CORP=\(group)")
    #expect(named.status == 0 && examined(named).hasPrefix("Examined: 1 object "))
  }

  /// `fix` writes nothing for what would not be synchronized.
  @Test func nothingIsRepairedOutsideTheGroup() throws {
    let place = try Workplace(Self.export)
    let arguments = ["fix", "export.ldif", "--upn-suffix", "contoso.local=contoso.com", "--diff"]
    #expect(try place.run(arguments).output.contains("ann@contoso.com"))
    let group = "CN=Pilot,OU=Groups,DC=contoso,DC=com"
    let outcome = try place.run(arguments + ["--sync-group", group])
    #expect(!outcome.output.contains("ann@contoso.com"))
  }

  @Test(arguments: [
    ("CN=Pilt,OU=Groups,DC=contoso,DC=com", "in no source"), ("Pilot", "distinguished name"),
    ("LAB=CN=Pilot,OU=Groups,DC=contoso,DC=com", "in no source"),
  ])
  func aGroupThatIsNotThereIsSaid(_ group: String, _ says: String) throws {
    let place = try Workplace(Self.export)
    let outcome = try place.run("check", "export.ldif", "--sync-group", group)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test func aSuffixThatNobodyHasIsSaidByFixToo() throws {
    let place = try Workplace(Self.export)
    let outcome = try place.run("fix", "export.ldif", "--upn-suffix", "local=contoso.com", "--diff")
    #expect((outcome.output + outcome.errors).contains("did you mean contoso.local?"))
  }
}
