import Findings
import Testing

@testable import Rules

/// A minimal rule with one line replaced, and exactly what is then said.
struct BrokenRule: CustomTestStringConvertible, Sendable {
  var line: Int
  var text: String
  var errors: [String]

  init(_ line: Int, _ text: String, _ errors: String...) {
    self.line = line
    self.text = text
    self.errors = errors
  }

  var testDescription: String { "\(line): \(text)" }
}

@Suite struct RuleDecoderTests {
  @Test func theSampleRuleIsRead() throws {
    let pack = try Fixture.emptyLibrary.pack(Fixture.rules + "/entra-id")
    let rule = try #require(pack.rules.first)
    #expect(rule.id == "UPN006")
    #expect(rule.name == "upn-suffix-not-routable")
    #expect(rule.severity == .error)
    #expect(rule.category == "TopLevelDomain")
    #expect(rule.syncError == nil)
    #expect(rule.summary == "The UPN's suffix cannot be a verified domain.")
    #expect(rule.objects == [ObjectClassSet(.user), ObjectClassSet(.inetOrgPerson)])
    #expect(rule.attributes == ["userPrincipalName"])
    #expect(rule.part == .domain)
    #expect(rule.scope == .included)
    #expect(rule.when?.text == "IsPresent([userPrincipalName])")
    #expect(rule.when?.place.description.hasSuffix("upn-suffix-not-routable.yaml:13:8") == true)
    #expect(rule.check.kind.name == "routable-domain")
    #expect(
      rule.message.pieces == [
        .text("\""), .placeholder(.value), .text("\" ends in \"."), .placeholder(.suffix),
        .text("\", which no tenant can verify: "), .placeholder(.reason),
      ])
    #expect(rule.cloud.map(\.text.placeholders) == [[.predictedUPN]])
    #expect(rule.repairs.map(\.kind) == [.replaceDomainFromMap, .replaceDomainFromPrimary])
    #expect(rule.repairs.map(\.isSafe) == [true, false])
    #expect(rule.pack == "entra-id")
    #expect(rule.place.line == 1)
  }

  @Test func everyOptionalKeyIsRead() throws {
    let more = """
      message: it
      sync-error: AttributeValueMustBeUnique
      types: [smtp, none]
      scope: any
      directory: ad
      when: |
        True
      needs: [mail]
      cloud: Nothing.
      """
    let rule = try Fixture.decoded(Fixture.rule([9: more, 6: "objects: [any]"]))
    #expect(rule.syncError == "AttributeValueMustBeUnique")
    #expect(rule.types == ["smtp", "none"])
    #expect(rule.scope == .any)
    #expect(rule.directory == .ad)
    #expect(rule.when?.text == "True\n")
    #expect(rule.when?.place == SourcePlace(file: "f", line: 15, column: 3))
    #expect(rule.needs == ["mail"])
    #expect(rule.objects == .any)
    #expect(rule.cloud.map(\.text) == [Template(pieces: [.text("Nothing.")])])
  }

  static let broken: [BrokenRule] = [
    // Keys.
    BrokenRule(1, "", "1:1: the key \"id\" is missing from the rule"),
    BrokenRule(5, "", "1:1: the key \"why\" is missing from the rule"),
    BrokenRule(10, "", "1:1: the key \"examples\" is missing from the rule"),
    BrokenRule(
      3, "sevrity: error", "1:1: the key \"severity\" is missing from the rule",
      "3:1: unknown key \"sevrity\" in a rule; did you mean \"severity\"?"),
    BrokenRule(5, "why: a\nxyzzy: b", "6:1: unknown key \"xyzzy\" in a rule"),
    BrokenRule(5, "why: a\nid: b", "1:1: the key \"id\" is given twice"),
    // Names.
    BrokenRule(
      1, "id: upn006", "1:5: the id \"upn006\" must be three to five capitals and three digits"),
    BrokenRule(
      1, "id: UP006", "1:5: the id \"UP006\" must be three to five capitals and three digits"),
    BrokenRule(
      1, "id: UPN06A", "1:5: the id \"UPN06A\" must be three to five capitals and three digits"),
    BrokenRule(1, "id: [UPN006]", "1:5: \"id\" must be a text, not a list"),
    BrokenRule(
      2, "name: Sample",
      "2:7: the name \"Sample\" must be small letters and digits, words-like-this"),
    BrokenRule(
      2, "name: a--b", "2:7: the name \"a--b\" must be small letters and digits, words-like-this"),
    BrokenRule(
      2, "name: samples", "2:7: the name \"samples\" differs from the file's, \"sample.yaml\""),
    BrokenRule(
      3, "severity: errorr",
      "3:11: \"severity\" must be one of error, warning, info, not \"errorr\"; did you mean \"error\"?"
    ),
    BrokenRule(3, "severity:", "3:10: \"severity\" has no value"),
    BrokenRule(3, "severity: {}", "3:11: \"severity\" must be a text, not a mapping"),
    BrokenRule(
      4, "category: Lenght\nsummary: x",
      "4:11: \"category\" must be one of Character, Format, TopLevelDomain, DomainPart, LocalPart, "
        + "Length, Duplicate, Blank, MailMatch, not \"Lenght\"; did you mean \"Length\"?"),
    BrokenRule(4, "summary: |\n  a\n  b", "4:10: \"summary\" must be one line"),
    // What it looks at.
    BrokenRule(6, "objects: user", "6:10: \"objects\" must be a list, not a text"),
    BrokenRule(6, "objects: []", "6:10: \"objects\" must not be an empty list"),
    BrokenRule(
      6, "objects: [usr]",
      "6:11: \"objects\" must be one of user, inetOrgPerson, contact, group, computer, "
        + "foreignSecurityPrincipal, any, not \"usr\"; did you mean \"user\"?"),
    BrokenRule(6, "objects: [user, user]", "6:17: \"user\" stands twice in \"objects\""),
    BrokenRule(6, "objects: [user, any]", "6:17: \"any\" stands alone in \"objects\""),
    BrokenRule(7, "attribute: 'a b'", "7:12: \"a b\" is not the name of an attribute"),
    BrokenRule(7, "attribute: [mail, Mail]", "7:19: \"Mail\" stands twice in \"attribute\""),
    BrokenRule(7, "attribute: [dn, mail]", "7:12: \"dn\" stands alone as \"attribute\""),
    BrokenRule(
      7, "attribute: mail\ntypes: [SMTP]",
      "8:9: \"SMTP\" is not an address type in small letters, such as smtp"),
    BrokenRule(
      7, "attribute: mail\ntypes: [smtp]\nexcept-types: [sip]",
      "9:15: \"types\" and \"except-types\" exclude each other; keep one"),
    BrokenRule(
      7, "attribute: mail\npart: locale",
      "8:7: \"part\" must be one of value, address, local, domain, raw, not \"locale\"; did you mean \"local\"?"
    ),
    BrokenRule(
      7, "attribute: mail\nscope: all",
      "8:8: \"scope\" must be one of included, excluded, any, not \"all\""),
    BrokenRule(
      7, "attribute: mail\ndirectory: AD",
      "8:12: \"directory\" must be one of ad, ldap, not \"AD\"; did you mean \"ad\"?"),
    BrokenRule(
      7, "attribute: mail\nwhen: IsPresent([mail])",
      "8:7: the expression of \"when\" must be quoted or a block: without quotes, YAML cuts it at "
        + "\" #\" and refuses [ and % at its start"),
    BrokenRule(7, "attribute: mail\nneeds: mail", "8:8: \"needs\" must be a list, not a text"),
  ]

  @Test(arguments: broken) func everyMistakeIsNamedWithItsPlace(_ rule: BrokenRule) {
    #expect(Fixture.errors(Fixture.rule([rule.line: rule.text])) == rule.errors)
  }

  @Test func allMistakesAreCollected() {
    let text = Fixture.rule([1: "id: x", 3: "severity: bad", 6: "objects: 5", 8: "check: {}"])
    #expect(Fixture.errors(text).count == 4)
    let endless = Fixture.rule() + (0..<5000).map { "x\($0): y\n" }.joined()
    #expect(Fixture.errors(endless).count == 100)
  }

  @Test func aRuleIsAMapping() {
    #expect(
      Fixture.errors("- a\n") == ["1:1: a rule must be a mapping of keys to values, not a list"])
  }

  @Test func everyPrefixOfARuleIsReadOrRefused() {
    let text = Fixture.rule()
    for length in 0..<text.utf8.count {
      let prefix = String(decoding: text.utf8.prefix(length), as: UTF8.self)
      _ = Fixture.errors(prefix)
    }
  }
}
