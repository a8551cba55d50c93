import Checks
import Findings
import Lint
import Repairs
import Rules
import System
import TestKit
import Testing

/// A suffix for which the user has given another is exchanged whatever else is wrong with the name.
@Suite struct SuffixOrderTests {
  @Test(arguments: [
    ("ann b@corp.local", false, "ann b@contoso.com"),
    ("ann b@corp.local", true, "annb@contoso.com"),
    ("a&n@corp.local", false, "a&n@contoso.com"), ("ann.@CORP.local", false, "ann.@contoso.com"),
    ("ann@corp.local", false, "ann@contoso.com"), ("an n@lab.local", false, nil),
    ("a@b@corp.local", false, nil),
  ])
  func isCarriedOut(_ name: String, _ isUnsafe: Bool, _ expected: String?) throws {
    var settings = CheckSettings()
    try settings.suffixOrders.add("corp.local=contoso.com")
    var options = LintOptions()
    options.keepUniqueValues()
    let result = try Lint.of(
      """
      dn: CN=Ann,DC=contoso,DC=com
      objectClass: user
      sAMAccountName: ann
      userPrincipalName: \(name)


      """, rules: try Lint.rules(settings: settings), options: options)
    var request = RepairRequest()
    request.allowsUnsafe = isUnsafe
    let plan = try VerifiedPlan.make(
      result, request: request, spoolFolder: Spool.defaultFolder
    ).plan
    let last = plan.objects.first?.reasons.last?.edit.new
    #expect(last.map { String(decoding: $0, as: UTF8.self) } == expected)
  }
}
