@testable import Rules
import Testing

@testable import Checks

@Suite struct DomainTests {
  private static func fires(_ spec: DomainSpec, _ domain: String) throws -> Bool {
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = ["contoso.com"]
    settings.tenant.initialDomain = "contoso.onmicrosoft.com"
    let bench = try KindBench(spec, attributes: ["mail"], settings: settings)
    return bench.fires("mail", "ann@\(domain)")
  }

  @Test(arguments: [
    ("contoso.com", false, false, false), ("CONTOSO.com", false, false, false),
    ("fabrikam.com", false, true, false), ("sub.contoso.com", false, true, false),
    ("contoso.local", true, false, false), ("corp", true, false, false),
    ("contoso.invalid", true, false, false), ("contoso.nosuchtld", true, false, false),
    ("contoso.onmicrosoft.com", false, false, false),
    ("contoso.mail.onmicrosoft.com", false, false, false),
    ("fabrikam.onmicrosoft.com", false, false, true),
    ("x.microsoftonline.com", false, false, true), ("", false, false, false),
  ])
  func everyDomainHasItsVerdict(
    _ domain: String, _ unroutable: Bool, _ unverified: Bool, _ reserved: Bool
  ) throws {
    #expect(try Self.fires(.routable, domain) == unroutable)
    #expect(try Self.fires(.verified, domain) == unverified)
    #expect(try Self.fires(.reserved, domain) == reserved)
  }

  @Test func withoutVerifiedDomainsTheRuleIsOff() throws {
    let bench = try KindBench(DomainSpec.verified, attributes: ["mail"])
    #expect(!bench.fires("mail", "ann@fabrikam.com"))
  }
}
