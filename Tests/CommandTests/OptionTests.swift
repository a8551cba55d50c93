import Foundation
import Testing

/// The options that say which rules run, what the tenant is like and what is left out.
@Suite struct OptionTests {
  /// A user with an error (UPN006) and a warning (MAIL007), and one with an info (UPN001).
  static let mixed = """
    dn: CN=ann,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: ann
    userPrincipalName: ann@contoso.local
    mail: ann.berg@contoso.com
    proxyAddresses: SMTP:ann@contoso.com

    dn: CN=dora,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: dora

    """

  struct Selection: CustomTestStringConvertible {
    var arguments: [String]
    var rules: Set<String>

    init(_ arguments: String..., rules: Set<String>) {
      self.arguments = arguments
      self.rules = rules
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let selections = [
    Selection(rules: ["MAIL007", "UPN001", "UPN006"]),
    Selection("--select", "UPN", rules: ["UPN001", "UPN006"]),
    Selection("--select", "upn-missing,MAIL", rules: ["MAIL007", "UPN001"]),
    Selection("--select", "UPN", "--ignore", "UPN001", rules: ["UPN006"]),
    Selection("--ignore", "UPN", "--select", "UPN006", rules: ["UPN006"]),
    Selection("--ignore", "UPN", rules: ["MAIL007"]),
    Selection("--min-severity", "warning", rules: ["MAIL007", "UPN006"]),
    Selection("--min-severity", "error", rules: ["UPN006"]),
    Selection("--set-severity", "UPN006=info", "--min-severity", "warning", rules: ["MAIL007"]),
    Selection("--pack", "idfix-multi-tenant", rules: ["IMT"]),
  ]

  @Test(arguments: selections) func rulesAreChosen(_ sample: Selection) throws {
    let outcome = try Workplace(Self.mixed).run(
      ["check", "export.ldif", "--format", "csv"] + sample.arguments)
    let rows = try #require(strictCSV(outcome.output))
    let rules = Set(rows.dropFirst().map { $0[0] })
    if sample.rules == ["IMT"] {
      #expect(!rules.isEmpty && rules.allSatisfy { $0.hasPrefix("IMT") })
    } else {
      #expect(rules == sample.rules)
    }
  }

  @Test func anotherSeverityCountsForTheStatus() throws {
    let place = try Workplace(Export.local)
    #expect(try place.check("--set-severity", "UPN006=info").status == 0)
    #expect(try place.check("--set-severity", "upn-suffix-not-routable=warning").status == 0)
    let outcome = try place.check("--set-severity", "UPN006=warning", "--fail-on", "warning")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("warning  UPN006"))
  }

  @Test func aPackParameterIsSet() throws {
    let place = try Workplace(
      """
      dn: CN=All,OU=Groups,DC=contoso,DC=com
      objectClass: group
      sAMAccountName: All
      groupType: -2147483646
      member: CN=Ann,DC=contoso,DC=com
      member: CN=Bob,DC=contoso,DC=com

      """)
    #expect(try !place.check().output.contains("GRP001"))
    let outcome = try place.check("--param", "GroupMembersCloudSync=1")
    #expect(outcome.output.contains("GRP001"))
  }

  @Test func verifiedDomainsComeOneByOneAndFromFiles() throws {
    let place = try Workplace(
      Export.user("ann", upn: "ann@contoso.com") + "\n"
        + Export.user("bob", upn: "bob@fabrikam.com"))
    try place.write("# ours\r\ncontoso.com\r\nFabrikam.COM\r\n", to: "domains.txt")
    func unverified(_ arguments: String...) throws -> Int {
      let select = ["check", "export.ldif", "--select", "UPN007", "--format", "csv"]
      return try #require(strictCSV(try place.run(select + arguments).output)).count - 1
    }
    #expect(try unverified("--verified-domain", "contoso.com") == 1)
    #expect(try unverified("--verified-domain", "adatum.com") == 2)
    #expect(
      try unverified("--verified-domain", "contoso.com", "--verified-domain", "fabrikam.com") == 0)
    #expect(try unverified("--verified-domain", "domains.txt") == 0)
    let without = try place.check("--select", "UPN007")
    #expect(without.status == 0)
    #expect(without.output.contains("UPN007 did not run: it needs --verified-domain"))
  }

  @Test func theInitialDomainIsInThePredictedName() throws {
    let place = try Workplace(Export.local)
    #expect(try place.check().output.contains("ann@TENANT.onmicrosoft.com"))
    let outcome = try place.check("--initial-domain", "Contoso.onmicrosoft.com")
    #expect(outcome.output.contains("ann@contoso.onmicrosoft.com"))
  }

  @Test func aSuffixMapIsASafeRepair() throws {
    let outcome = try Workplace(Export.local).check("--upn-suffix", "contoso.local=contoso.com")
    #expect(outcome.output.contains("\"ann@contoso.com\" (safe)"))
  }

  @Test func anotherLoginAttributeTakesTheUPNRules() throws {
    let place = try Workplace(Export.local)
    #expect(try place.check("--login-attribute", "mail").status == 0)
    let text = Export.local.replacingOccurrences(
      of: "mail: ann@contoso.com", with: "mail: ann@contoso.corp")
    let outcome = try Workplace(text).check("--login-attribute", "mail", "--select", "UPN006")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("mail: \"ann@contoso.corp\""))
  }

  @Test func topLevelDomainsAreAdded() throws {
    let place = try Workplace(Export.user("ann", upn: "ann@contoso.zzinside"))
    try place.write("# a root of our own\n.zzinside\n", to: "tlds.txt")
    #expect(try place.check("--select", "UPN006").status == 1)
    #expect(try place.check("--select", "UPN006", "--tld-file", "tlds.txt").status == 0)
  }

  @Test func objectsOutOfScopeAreCountedNamedAndLintedOnRequest() throws {
    let place = try Workplace(
      Export.user("ann", upn: "ann@contoso.local", more: "isCriticalSystemObject: TRUE"))
    let plain = try place.check()
    #expect(plain.status == 0)
    #expect(plain.output.contains("Skipped: 1 object (1 a critical system object)"))
    #expect(!plain.output.contains("CN=ann"))
    let list = try place.check("--list-skipped")
    #expect(list.output.contains("CN=ann,OU=Staff,DC=contoso,DC=com"))
    #expect(list.output.contains("clause: ") && list.output.contains("[isCriticalSystemObject]"))
    let all = try place.check("--all-objects")
    #expect(all.status == 1)
    #expect(all.output.contains("UPN006"))
  }

  @Test func anotherDirectoryIsNotSkippedWhole() throws {
    let place = try Workplace(
      """
      dn: uid=ann,ou=people,dc=contoso,dc=com
      objectClass: inetOrgPerson
      uid: ann
      cn: Ann
      sn: Berg
      mail: ann@contoso..com

      """)
    let outcome = try place.check()
    #expect(outcome.output.contains("forest export.ldif, ldap)"))
    #expect(outcome.output.contains("Examined: 1 object"))
    #expect(outcome.output.contains("MAIL"))
    #expect(try place.check("--directory", "ad").output.contains("forest export.ldif, ad)"))
  }
}
