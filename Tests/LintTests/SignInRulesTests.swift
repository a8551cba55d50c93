import Findings
import Lint
import Rules
import TestKit
import Testing

/// What the rules about sign-in names have in common.
@Suite struct SignInRulesTests {
  /// Those of errors about a name with which a person signs in.
  private static func rules() throws -> [Rule] {
    try Lint.library.pack("entra-id").rules.filter { rule in
      rule.severity == .error && !rule.objects.contains(.group)
        && (rule.id.hasPrefix("UPN") || rule.id.hasPrefix("SAM"))
    }
  }

  @Test func whereNobodySignsInTheyAreWarnings() throws {
    let rules = try Self.rules()
    try #require(rules.count > 15)
    for rule in rules {
      #expect(rule.lowered.map(\.severity) == [.warning, .warning], "\(rule.id)")
      #expect(rule.lowered.map(\.when.text) == rules[0].lowered.map(\.when.text), "\(rule.id)")
    }
  }

  /// Disabled; a shared mailbox, a room, equipment, here and in the cloud; and what is none of them.
  @Test(arguments: [
    ("userAccountControl: 514", Severity.warning), ("userAccountControl: 512", .error),
    ("msExchRecipientTypeDetails: 4", .warning), ("msExchRecipientTypeDetails: 16", .warning),
    ("msExchRecipientTypeDetails: 32", .warning), ("msExchRecipientTypeDetails: 1", .error),
    ("msExchRecipientTypeDetails: 8589934592", .warning),
    ("msExchRecipientTypeDetails: 17179869184", .warning),
    ("msExchRecipientTypeDetails: 34359738368", .warning),
    ("msExchRecipientTypeDetails: 2147483648", .error), ("displayName: Ann", .error),
  ])
  func severityDependsOnWhoSignsIn(_ line: String, _ expected: Severity) throws {
    let names = ["ann@corp.local", "ann b@contoso.com", "ann", "ann.@contoso.com", "a@b;c@d"]
    for name in names {
      let findings = try Lint.of(
        """
        dn: CN=Ann,DC=contoso,DC=com
        objectClass: user
        sAMAccountName: ann
        userPrincipalName: \(name)
        \(line)


        """, rules: try Lint.rules()
      ).findings().filter { $0.attribute == "userPrincipalName" }
      #expect(findings.map(\.severity) == [expected], "\(name): \(findings.map(\.rule))")
    }
  }
}
