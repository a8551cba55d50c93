import Bytes
import Checks
import Directory
import Lint
import Repairs
import Rules
import System
import TestKit
import Testing

/// Objects with thousands of values at fault: repaired like those with few, and in good time.
@Suite struct ManyValuesTests {
  /// The plan for users with `values` of proxyAddresses each.
  private static func plan(
    _ users: [[String]], allowsUnsafe: Bool = false
  ) throws -> VerifiedPlan {
    var text = "dn: DC=contoso,DC=com\nobjectClass: domainDNS\ndc: contoso\n\n"
    for (number, values) in users.enumerated() {
      text += "dn: CN=u\(number),DC=contoso,DC=com\nobjectClass: user\ncn: u\(number)\n"
      text += "sAMAccountName: u\(number)\nuserPrincipalName: u\(number)@contoso.com\n"
      text += values.map { "proxyAddresses:: \(Base64.encode($0.bytes).text)\n" }.joined() + "\n"
    }
    var options = LintOptions()
    options.threads = 2
    options.keepUniqueValues()
    let result = try Lint.of(text, options: options)
    var request = RepairRequest()
    request.allowsUnsafe = allowsUnsafe
    return try VerifiedPlan.make(result, request: request, spoolFolder: Spool.defaultFolder)
  }

  /// What becomes of each value, and why others are left.
  private static func fates(_ plan: VerifiedPlan) -> [String: String] {
    var fates: [String: String] = [:]
    for left in plan.plan.left {
      fates["\(left.dn.text) \(left.value?.text ?? "") \(left.rule)"] = left.reason
    }
    for reason in plan.plan.objects.flatMap(\.reasons) {
      fates[reason.edit.old?.text ?? ""] = reason.edit.new?.text ?? "removed"
    }
    return fates
  }

  /// Faults, and what a value with each is: number `i` among its kind.
  private static let kinds: [@Sendable (Int) -> [String]] = [
    { ["smtp: x\($0)@contoso.com"] },
    { ["smtp: x\($0)@contoso.com", "smtp:x\($0)@contoso.com"] },
    { ["smtp:x\($0)@contoso.com", "smtp:X\($0)@contoso.com"] },
    { ["smtp: x\($0)..y@contoso.com "] },
    { ["smtp: y\($0)@contoso.com "] },
    { ["smtp:x\($0)é@contoso.com"] },
    { ["smtp:x\($0)@contoso.local"] },
    { ["smtp: taken\($0)@contoso.com"] },
    { ["X500:/o=x\($0)", "smtp: x\($0)\u{200B}@contoso.com"] },
  ]

  /// Many values have the fate that each has among few.
  @Test(arguments: [false, true]) func theFateOfAValueIsThatOfOneAmongFew(_ allowsUnsafe: Bool)
    throws
  {
    let other = (0..<200).map { "smtp:taken\($0)@contoso.com" }
    var repaired = 0
    for (number, kind) in Self.kinds.enumerated() {
      let few = try Self.plan([(0..<20).flatMap(kind), other], allowsUnsafe: allowsUnsafe)
      let many = try Self.plan([(0..<120).flatMap(kind), other], allowsUnsafe: allowsUnsafe)
      let (fewFates, manyFates) = (Self.fates(few), Self.fates(many))
      for (value, fate) in fewFates {
        #expect(manyFates[value] == fate, "\(number): \(value)")
      }
      #expect(many.new == 0)
      let counts = [few, many].map { $0.plan.objects.flatMap(\.reasons).count }
      #expect(counts[1] == counts[0] * 6, "\(number)")
      repaired += many.repaired
    }
    #expect(repaired > 500)
  }

  @Test(.timeLimit(.minutes(1))) func thousandsOfValuesAreRepairedTogether() throws {
    let plan = try Self.plan([(0..<4_000).map { "smtp: x\($0)@contoso.com" }])
    #expect(plan.repaired == 4_000)
    let values = try #require(plan.plan.objects.first).modifications.map(\.values.count)
    #expect(values == [4_000, 4_000])
  }

  /// The values of the loser go, all at once.
  @Test(.timeLimit(.minutes(1))) func thousandsOfSharedAddressesAreTakenFromTheLoser() throws {
    let shared = (0..<2_000).map { "smtp:x\($0)@contoso.com" }
    let plan = try Self.plan([["SMTP:a@contoso.com"] + shared, shared], allowsUnsafe: true)
    #expect(plan.new == 0)
  }

  /// What cannot be told apart is given up after so many trials, and the reason says so.
  @Test(.timeLimit(.minutes(1))) func whatIsNotTriedSaysSo() throws {
    let plan = try Self.plan([(0..<500).map { "x\($0)@contoso.com" }], allowsUnsafe: true)
    let reasons = Set(plan.plan.left.map(\.reason))
    #expect(reasons.contains { $0.hasPrefix("Would cause") }, "\(reasons)")
    #expect(reasons.contains { $0.hasPrefix("More than 64 values") }, "\(reasons)")
    #expect(plan.new == 0)
  }
}
