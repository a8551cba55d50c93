import RuleNodes
import Testing

@testable import Rules

@Suite struct RuleDocumentTests {
  @Test func theSampleDocumentIsRead() throws {
    let rule = try #require(try Fixture.emptyLibrary.pack(Fixture.rules + "/entra-id").rules.first)
    let document = try Fixture.emptyLibrary.document(rule)
    #expect(document.why.hasPrefix("A tenant verifies a domain"))
    #expect(document.references.count == 2)
    let bad = try #require(document.bad.first)
    let dn = "CN=Ann,OU=Staff,DC=contoso,DC=com"
    #expect(bad.finds == [RuleExample.Expectation(dn: dn, attribute: "userPrincipalName")])
    #expect(bad.options.upnSuffixes == ["contoso.local=contoso.com"])
    #expect(bad.fixed?.hasSuffix("userPrincipalName: ann@contoso.com\n") == true)
    #expect(bad.sources.count == 1)
    #expect(bad.sources[0].name == nil)
    #expect(bad.sources[0].ldif.hasPrefix("dn: CN=Ann"))
    #expect(bad.sources[0].place.line == 28)
    #expect(bad.sources[0].place.column == 9)
    #expect(document.good.map(\.finds) == [[]])
  }

  @Test func aBuiltInDocumentComesFromTheFullArchive() throws {
    let library = try Fixture.library([
      "base": ["pack.yaml": Fixture.pack("base"), "sample.yaml": Fixture.rule()]
    ])
    let rule = try #require(try library.pack("base").rules.first)
    #expect(try library.document(rule).why == "Facts.")
  }

  @Test func everyOptionIsRead() throws {
    let text = Self.examples(
      """
      - forests:
          - { name: a, ldif: 'dn: x' }
          - { name: b, ldif: 'dn: y' }
        options:
          verified-domain: [contoso.com, fabrikam.com]
          initial-domain: contoso.onmicrosoft.com
          upn-suffix: [a=b, c=d]
          login-attribute: mail
          directory: ldap
          parameters: { A: '1' }
          unsafe: true
          now: 2026-01-01
        finds: [{ dn: x }]
      """)
    let example = try #require(try Self.document(text).bad.first)
    #expect(example.sources.map(\.name) == ["a", "b"])
    #expect(example.sources.map(\.ldif) == ["dn: x", "dn: y"])
    #expect(example.finds == [RuleExample.Expectation(dn: "x", attribute: nil)])
    var options = RuleExample.Options()
    options.verifiedDomains = ["contoso.com", "fabrikam.com"]
    options.initialDomain = "contoso.onmicrosoft.com"
    options.upnSuffixes = ["a=b", "c=d"]
    options.loginAttribute = "mail"
    options.directory = .ldap
    options.parameters = ["A": "1"]
    options.allowsUnsafe = true
    options.now = "2026-01-01"
    #expect(example.options == options)
  }

  @Test(
    arguments: [
      ("examples: []", ["10:11: \"examples\" must be a mapping of keys to values, not a list"]),
      (
        "examples: { bad: [], good: [] }",
        ["10:18: \"bad\" must not be an empty list", "10:28: \"good\" must not be an empty list"]
      ),
      (
        "examples: { god: [{ ldif: x }] }",
        [
          "10:11: the key \"bad\" is missing from \"examples\"",
          "10:11: the key \"good\" is missing from \"examples\"",
          "10:13: unknown key \"god\" in \"examples\"; did you mean \"good\"?",
        ]
      ),
      (
        examples("- { finds: [{ dn: x }] }"),
        ["12:7: a bad example has either \"ldif\" or \"forests\""]
      ),
      (examples("- { ldif: x }"), ["12:7: the key \"finds\" is missing from the bad example"]),
      (examples("- { ldif: x, finds: [] }"), ["12:25: \"finds\" must not be an empty list"]),
      (
        examples("- { ldif: x, finds: [{ attribute: cn }] }"),
        ["12:26: the key \"dn\" is missing from the finding"]
      ),
      (
        examples("- { ldif: x, finds: [{ dn: x }], option: {} }"),
        ["12:38: unknown key \"option\" in a bad example; did you mean \"options\"?"]
      ),
      (
        examples("- { ldif: x, finds: [{ dn: x }], options: { upn-suffix: x } }"),
        ["12:61: \"x\" must be OLD=NEW, for example corp.local=contoso.com"]
      ),
      (
        examples("- { ldif: x, finds: [{ dn: x }], options: { unsafe: maybe } }"),
        ["12:57: \"unsafe\" must be one of true, false, not \"maybe\""]
      ),
      (
        examples("- { forests: [{ name: a, ldif: x }, { name: a, ldif: y }], finds: [{ dn: x }] }"),
        ["12:41: two forests are called \"a\""]
      ),
      (
        examples("- { ldif: x, finds: [{ dn: x }] }", good: "- { ldif: y, finds: [{ dn: y }] }"),
        ["14:18: unknown key \"finds\" in a good example; there are: ldif, forests, options"]
      ),
    ] as [(String, [String])])
  func everyMistakeIsNamed(_ examples: String, _ errors: [String]) throws {
    #expect(try Self.errors(Fixture.rule([10: examples])) == errors)
  }

  @Test func aRepairedExampleSaysWhatItBecomes() throws {
    let fix = "message: x\nfix: [{ trim: {}, safety: safe, reason: x }]"
    #expect(
      try Self.errors(Fixture.rule([9: fix])) == [
        "11:19: the key \"fixed\" is missing from the bad example; the rule has a repair for it"
      ])
    let left = "message: x\nfix: [{ leave: {}, reason: x }]"
    #expect(try Self.errors(Fixture.rule([9: left])) == [])
  }

  private static func examples(_ bad: String, good: String = "- { ldif: y }") -> String {
    func indented(_ text: String) -> String {
      text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    }
    return "examples:\n  bad:\n\(indented(bad))\n  good:\n\(indented(good))"
  }

  private static func document(_ examples: String) throws -> RuleDocument {
    let text = Fixture.rule([10: examples])
    var decoder = RuleDocumentDecoder(file: "f")
    let node = try YAMLNodes.parse(text, file: "f")
    let document = decoder.document(node, try Fixture.decoded(text))
    #expect(decoder.reader.errors == [])
    return try #require(document)
  }

  private static func errors(_ text: String) throws -> [String] {
    var decoder = RuleDocumentDecoder(file: "f")
    let node = try YAMLNodes.parse(text, file: "f")
    _ = decoder.document(node, try Fixture.decoded(text))
    return RulePackErrors(decoder.reader.errors).errors
      .map { "\($0.place.line):\($0.place.column): \($0.message)" }
  }
}
