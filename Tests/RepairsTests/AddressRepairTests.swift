import Checks
import Findings
import Lint
import Repairs
import Rules
import System
import TestKit
import Testing

/// Domains in their ASCII form, and several addresses in one value: what the plan of a whole run makes of
/// an object.
@Suite struct AddressRepairTests {
  /// What changes on all objects, `attribute: old -> new`, sorted.
  private static func changes(
    _ objects: [[String]], isUnsafe: Bool = true, verified: Set<String> = []
  ) throws -> [String] {
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = verified
    var options = LintOptions()
    options.keepUniqueValues()
    let text = objects.enumerated().map { number, lines in
      "dn: CN=u\(number),DC=contoso,DC=com\nobjectClass: user\nsAMAccountName: u\(number)\n"
        + lines.map { $0 + "\n" }.joined() + "\n"
    }.joined()
    let result = try Lint.of(
      text, rules: try Lint.rules(settings: settings), options: options)
    var request = RepairRequest()
    request.allowsUnsafe = isUnsafe
    let plan = try VerifiedPlan.make(
      result, request: request, spoolFolder: Spool.defaultFolder
    ).plan
    func shown(_ value: [UInt8]?) -> String {
      value.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    return plan.objects.flatMap(\.reasons).map { reason in
      "\(reason.attribute): \(shown(reason.edit.old)) -> \(shown(reason.edit.new))"
    }.sorted()
  }

  /// Sign-in name, mail and primary address are one thing; the name makes it unsafe.
  @Test func equalAddressesGetTheirASCIIFormTogether() throws {
    let object = [
      "userPrincipalName: ann@müller.de", "mail: ann@müller.de",
      "proxyAddresses: SMTP:ann@müller.de",
      "proxyAddresses: smtp:a@Müller.de",
    ]
    let safe = ["proxyAddresses: smtp:a@Müller.de -> smtp:a@xn--mller-kva.de"]
    #expect(try Self.changes([object], isUnsafe: false) == safe)
    #expect(
      try Self.changes([object]) == [
        "mail: ann@müller.de -> ann@xn--mller-kva.de",
        "proxyAddresses: SMTP:ann@müller.de -> SMTP:ann@xn--mller-kva.de",
      ] + safe + ["userPrincipalName: ann@müller.de -> ann@xn--mller-kva.de"])
    let other = ["userPrincipalName: u@contoso.com"] + object.dropFirst()
    #expect(try Self.changes([other], isUnsafe: false).count == 3)
  }

  @Test(arguments: [
    // What stands before the @ is at fault as well.
    "zoë@müller.de",
    // The domain cannot be used in whatever spelling.
    "ann@müller.local", "ann@müller", "ann@mül_ler.de", "ann@ﬁrma.de",
    "ann@müller.contoso.onmicrosoft.com",
  ]) func noAddressThatIsRefusedIsProposed(_ address: String) throws {
    let all = try Self.changes([
      ["proxyAddresses: SMTP:u@contoso.com", "proxyAddresses: smtp:\(address)"]
    ])
    #expect(!all.contains { $0.contains("xn--") }, "\(all)")
  }

  /// Two dots are another rule's, whose repair is not safe.
  @Test func aDomainFollowsTheRepairOfAName() throws {
    let object = ["proxyAddresses: SMTP:u@contoso.com", "proxyAddresses: smtp:a..b@müller.de"]
    #expect(try Self.changes([object], isUnsafe: false).isEmpty)
    #expect(
      try Self.changes([object]).last?.hasSuffix("-> smtp:a.b@xn--mller-kva.de") == true)
  }

  @Test func aDomainThatIsNotVerifiedStays() throws {
    let object = ["proxyAddresses: SMTP:u@contoso.com", "proxyAddresses: smtp:u@müller.de"]
    #expect(
      try Self.changes([object], verified: ["contoso.com"]).allSatisfy { !$0.contains("xn--") })
    #expect(try Self.changes([object], verified: ["contoso.com", "xn--mller-kva.de"]).count == 1)
  }

  /// The address in ASCII is another's already.
  @Test func anAddressOfAnotherObjectIsNotTaken() throws {
    let object = ["proxyAddresses: SMTP:u@contoso.com", "proxyAddresses: smtp:u@müller.de"]
    let other = ["proxyAddresses: SMTP:u@xn--mller-kva.de"]
    #expect(try Self.changes([object, other]).allSatisfy { !$0.contains("-> smtp:u@xn--") })
  }

  @Test func ofSeveralAddressesInOneValueNoneIsLost() throws {
    #expect(
      try Self.changes([
        ["proxyAddresses: SMTP:a@contoso.com;smtp:b@contoso.com, SMTP:c@contoso.com"]
      ])
        == [
          "proxyAddresses:  -> smtp:b@contoso.com", "proxyAddresses:  -> smtp:c@contoso.com",
          "proxyAddresses: SMTP:a@contoso.com;smtp:b@contoso.com, SMTP:c@contoso.com -> SMTP:a@contoso.com",
        ])
    // What is there already is not added, whatever its case; each keeps its type.
    let there = [
      "proxyAddresses: SMTP:x@contoso.com", "proxyAddresses: smtp:B@contoso.com",
      "proxyAddresses: smtp:a@contoso.com|b@contoso.com; sip:a@contoso.com",
    ]
    #expect(
      try Self.changes([there]) == [
        "proxyAddresses:  -> sip:a@contoso.com",
        "proxyAddresses: smtp:a@contoso.com|b@contoso.com; sip:a@contoso.com -> smtp:a@contoso.com",
      ])
    #expect(try Self.changes([there], isUnsafe: false).isEmpty)
  }

  @Test(arguments: [
    "SMTP:a@contoso.com;smtp:b@contoso", "SMTP:a@contoso.com;smtp:b..c@contoso.com",
    "Ann <a@contoso.com>; Bob <b@contoso.com>", "SMTP:a@contoso.com;X500:/o=x/cn=b@c",
    "SMTP:a@contoso.com;smtp:u1@contoso.com", "SMTP:a@contoso.com;smtp:b@corp.local",
  ]) func whatWouldLoseAnAddressIsLeft(_ value: String) throws {
    let other = ["proxyAddresses: SMTP:u1@contoso.com"]
    #expect(try Self.changes([["proxyAddresses: \(value)"], other]).isEmpty)
  }

  @Test func addressesInMailBecomeSecondaryOnesWhereThereIsAPrimary() throws {
    let mail = "mail: a@contoso.com; b@contoso.com"
    #expect(
      try Self.changes([[mail, "proxyAddresses: SMTP:a@contoso.com"]]) == [
        "mail: a@contoso.com; b@contoso.com -> a@contoso.com",
        "proxyAddresses:  -> smtp:b@contoso.com",
      ])
    #expect(try Self.changes([[mail]]) == ["mail: a@contoso.com; b@contoso.com -> a@contoso.com"])
  }

  @Test func aCodeThatIsReservedBecomesTheOneThatIsAssigned() throws {
    let objects = [["c: UK", "msExchUsageLocation: uk"], ["c: DEU"]]
    #expect(
      try Self.changes(objects, isUnsafe: false) == [
        "c: UK -> GB", "msExchUsageLocation: uk -> GB",
      ])
  }
}
