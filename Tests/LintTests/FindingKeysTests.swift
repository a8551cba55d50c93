import Findings
import Foundation
import Lint
import TestKit
import Testing

/// The names of findings are a promise: files that people keep hold them. The expected ones were
/// computed with Python's hashlib from the definition.
@Suite struct FindingKeysTests {
  static let names: [(object: String, fingerprint: String, valueKey: String)] = [
    (
      "objectGUID:: ABEiM0RVZneImaq7zN3u/w==\nentryUUID: 6D0E1B9A-8F1C-4C4E-9A51-0D2B3C4D5E6F\n",
      "4302829aa696100b77edbbba0033670e", "225527d4f58b3fbd063c6d5c4cee1c12"
    ),
    (
      "entryUUID: 6D0E1B9A-8F1C-4C4E-9A51-0D2B3C4D5E6F\n",
      "6efbbf2eeb7a1abd973661b63a18aa9a", "47779d03876b616de29dd928ef4bbbed"
    ),
    (
      "",
      "85cdf647b36346de8bb8acd841148923", "f1146c622948816bfabfe23191c07847"
    ),
  ]

  @Test(arguments: names)
  func findingAndValueHaveTheirNames(
    _ object: String, _ fingerprint: String, _ valueKey: String
  ) throws {
    for value in ["ann@corp.local", " Ann@CORP.local "] {
      let result = try Lint.of(
        """
        dn: CN=Ann, DC=Contoso,DC=com
        objectClass: user
        cn: Ann
        sAMAccountName: ann
        userPrincipalName:: \(base64(value))
        \(object)

        """, rules: try Lint.rules(only: ["UPN006"]))
      let findings = result.findings()
      #expect(findings.map(\.fingerprint) == [fingerprint])
      #expect(findings.map(\.valueKey) == [valueKey])
      #expect(findings.map(\.groupKey) == [nil])
    }
  }

  private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  static func user(_ name: String, _ more: String) -> String {
    "dn: CN=\(name),DC=contoso,DC=com\nobjectClass: user\ncn: \(name)\n"
      + "sAMAccountName: \(name)\nuserAccountControl: 512\n\(more)\n\n"
  }

  /// Whatever attribute holds the address, and in whatever letters: one group, one name.
  @Test func holdersOfAnAddressAreOneGroup() throws {
    let result = try Lint.of(
      Self.user("ann", "userPrincipalName: Ann@contoso.com")
        + Self.user("bob", "proxyAddresses: smtp:ann@CONTOSO.com")
        + Self.user("cy", "mail: ann@contoso.com"),
      rules: try Lint.rules(only: ["DUP001", "DUP002"]))
    let findings = result.findings()
    #expect(findings.count == 3)
    #expect(Set(findings.map(\.groupKey)) == ["266ee48b1d5743ae6905f640ce73391d"])
    #expect(Set(findings.map(\.fingerprint)).count == 3)
    #expect(Set(findings.map(\.valueKey)).count == 3)
  }

  @Test func whatOnlyLooksTheSameIsAGroup() throws {
    let result = try Lint.of(
      Self.user("ann", "userPrincipalName: jorg@contoso.com")
        + Self.user("bob", "userPrincipalName:: \(base64("jörg@contoso.com"))"),
      rules: try Lint.rules(only: ["DUP009"]))
    #expect(!result.findings().isEmpty)
    #expect(Set(result.findings().map(\.groupKey)) == ["8a7794078a1f0f3b9258e922da414ee6"])
  }

  /// Who keeps a duplicate is said of each holder, by the policy of the run.
  @Test func rolesFollowTheKeeperPolicy() throws {
    let text =
      Self.user("ann", "userPrincipalName: a@contoso.com\nproxyAddresses: smtp:x@contoso.com")
      + Self.user("bob", "mail: b@contoso.com\nhomeMDB: CN=db\nproxyAddresses: smtp:x@contoso.com")
    let rules = try Lint.rules(only: ["DUP001"])
    let decided = try Lint.of(text, rules: rules).findings()
    #expect(decided.map(\.role) == [.loser, .keeper])
    #expect(decided.map(\.severity) == [.error, .info])
    #expect(decided.map(\.consequence) == [.address, .tidy])
    var options = LintOptions()
    options.keeper = KeeperPolicy(order: [.primary, .enabled])
    let undecided = try Lint.of(text, rules: rules, options: options).findings()
    #expect(undecided.map(\.role) == [.undecided, .undecided])
    #expect(
      undecided.map(\.fingerprint)
        == (try Lint.of(text, rules: rules).findings().map(\.fingerprint)))
  }

  /// Whatever they are made of, names that meet are one group, which is that of the address; who has
  /// the name already keeps it.
  @Test func namesThatAreMadeHaveRolesAndAGroup() throws {
    let made =
      Self.user("ann", "userPrincipalName: ann@corp.local")
      + Self.user("bob", "userPrincipalName: bob@lab.local\nmailNickname: Ann")
    let rules = try Lint.rules(only: ["UPN017"])
    let undecided = try Lint.of(made, rules: rules).findings()
    #expect(undecided.map(\.role) == [.undecided, .undecided])
    #expect(undecided.map(\.attribute) == ["userPrincipalName", "mailNickname"])
    #expect(undecided.map { $0.related.count } == [1, 1])
    let decided = try Lint.of(
      made + Self.user("cy", "userPrincipalName: ann@tenant.onmicrosoft.com"), rules: rules
    ).findings()
    #expect(decided.map(\.role) == [.loser, .loser, .keeper])
    #expect(Set((undecided + decided).map(\.groupKey)).count == 1)
    #expect(decided[0].groupKey != nil)
  }
}
