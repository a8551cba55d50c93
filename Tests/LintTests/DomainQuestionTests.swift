import Checks
import Findings
import Lint
import TestKit
import Testing

/// What a run asks about domains that the user has named, or has not.
@Suite struct DomainQuestionTests {
  private func users(_ suffixes: String...) -> String {
    suffixes.enumerated().map { number, suffix in
      """
      dn: CN=u\(number),DC=contoso,DC=com
      objectClass: user
      cn: u\(number)
      sAMAccountName: u\(number)
      userPrincipalName: u\(number)@\(suffix)


      """
    }.joined()
  }

  private func notes(
    _ texts: String..., verified: Set<String> = [], orders: [String] = [],
    concealed: [String] = []
  ) throws -> [String] {
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = verified
    for order in orders { try settings.suffixOrders.add(order) }
    var options = LintOptions()
    options.concealed = concealed
    let sources = try texts.enumerated().map { try Lint.source($1.bytes, name: "F\($0)") }
    let result = try LintRun(
      ruleSet: try Lint.rules(settings: settings), sources: sources, options: options
    ).run()
    #expect(result.summary.isComplete)
    return result.summary.problems.filter { $0.kind == .note }.map(\.message)
  }

  @Test func whereMostNamesAreUnverifiedOneDomainIsAskedFor() throws {
    let text = users("fabrikam.com", "Fabrikam.com", "contoso.com", "adatum.com", "contoso.local")
    let notes = try notes(text, verified: ["contoso.com"])
    let question = try #require(notes.first { $0.contains("--verified-domain") })
    #expect(question.contains("3 of 4 values of userPrincipalName in forest F0"))
    #expect(question.contains("2 of them in fabrikam.com"))
  }

  @Test func whereMostNamesAreVerifiedNothingIsAsked() throws {
    let text = users("contoso.com", "contoso.com", "fabrikam.com", "contoso.local", "a.local")
    #expect(try !notes(text, verified: ["contoso.com"]).contains { $0.contains("missing") })
    #expect(try !notes(text).contains { $0.contains("missing") })
    let local = users("contoso.local", "contoso.local", "x.onmicrosoft.com")
    #expect(try !notes(local, verified: ["contoso.com"]).contains { $0.contains("missing") })
  }

  @Test func eachForestIsAskedAboutByItself() throws {
    let notes = try notes(
      users("contoso.com", "contoso.com", "contoso.com"), users("fabrikam.com"),
      verified: ["contoso.com"])
    #expect(notes.filter { $0.contains("missing") }.count == 1)
    #expect(notes.contains { $0.contains("1 of 1") && $0.contains("forest F1") })
  }

  @Test func manyDomainsAreCountedWhole() throws {
    let suffixes = (0..<100).map { "d\($0).com" }
    let text = (0..<300).map { number in
      """
      dn: CN=u\(number),DC=contoso,DC=com
      objectClass: user
      cn: u\(number)
      sAMAccountName: u\(number)
      userPrincipalName: u\(number)@\(number % 2 == 0 ? "contoso.net" : suffixes[number % 100])


      """
    }.joined()
    let notes = try notes(text, verified: ["contoso.com"])
    #expect(
      notes.contains { $0.contains("300 of 300") && $0.contains("150 of them in contoso.net") })
  }

  @Test(arguments: [
    ("local", "contoso.local"), ("contso.local", "contoso.local"),
    ("corp.fabrikam", "contoso.local"),
    ("cont0so.com", "contoso.com"),
  ])
  func aSuffixThatNobodyHasNamesTheNearest(_ suffix: String, _ nearest: String) throws {
    let text = users("contoso.local", "contoso.local", "contoso.com")
    let notes = try notes(text, orders: ["\(suffix)=contoso.com"])
    let note = try #require(notes.first { $0.contains("--upn-suffix \(suffix)=contoso.com") })
    #expect(note.contains("did you mean \(nearest)?"), "\(note)")
  }

  @Test func aSuffixThatSomebodyHasIsNotMentioned() throws {
    let text = users("Contoso.Local", "contoso.com")
    #expect(
      try !notes(text, orders: ["contoso.local=a.com"]).contains { $0.contains("--upn-suffix") })
    #expect(try !notes(users("a.com", "b.com")).contains { $0.contains("--upn-suffix") })
  }

  /// An order for a subtree or for subdomains is held against what it means.
  @Test(arguments: [
    ("OU=Typo,DC=contoso,DC=com:contoso.local=a.com", "at or below OU=Typo,DC=contoso,DC=com ends"),
    ("*.contoso.local=a.com", "ends in a domain below contoso.local; did you mean"),
    ("dc=CONTOSO, dc=com:contoso.local=a.com", nil), ("*.local=a.com", nil),
  ])
  func ordersForAPartAreHeldAgainstIt(_ order: String, _ expected: String?) throws {
    let notes = try notes(users("contoso.local", "contoso.com"), orders: [order])
      .filter { $0.contains("--upn-suffix") }
    #expect(notes.count == (expected == nil ? 0 : 1), "\(notes)")
    if let expected { #expect(notes.first?.contains(expected) == true, "\(notes)") }
  }

  @Test func whatIsMaskedIsNotTold() throws {
    let text = users("fabrikam.com")
    for name in ["userPrincipalName", "USERPRINCIPALNAME", "1.2.840.113556.1.4.656"] {
      let notes = try notes(
        text, verified: ["contoso.com"], orders: ["x.local=contoso.com"], concealed: [name])
      #expect(!notes.contains { $0.contains("fabrikam") }, "\(notes)")
    }
  }
}
