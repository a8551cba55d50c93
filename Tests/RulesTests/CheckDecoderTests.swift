import Testing

@testable import Rules

@Suite struct CheckDecoderTests {
  static let broken: [(String, [String])] = [
    ("length", ["8:8: a check must be a mapping of keys to values, not a text"]),
    ("{}", ["8:8: a check has one kind, not none"]),
    (
      "{ lenght: { max: 5 } }",
      ["8:10: unknown key \"lenght\" in a check; did you mean \"length\"?"]
    ),
    (
      "{ length: { max: 5 }, size: { max: 5 } }", ["8:8: a check has one kind, not 2"]
    ),
    ("{ length: {} }", ["8:18: the check \"length\" needs max or min"]),
    (
      "{ length: { maximum: 5 } }",
      [
        "8:18: the check \"length\" needs max or min",
        "8:20: unknown key \"maximum\" in the check \"length\"; there are: max, min, unit",
      ]
    ),
    ("{ length: { max: -5 } }", ["8:25: \"max\" must be a whole number from 0, not \"-5\""]),
    ("{ length: { max: five } }", ["8:25: \"max\" must be a whole number from 0, not \"five\""]),
    (
      "{ length: { max: 99999999999999999999 } }",
      ["8:25: \"max\" must be a whole number from 0, not \"99999999999999999999\""]
    ),
    ("{ length: { max: 1, min: 2 } }", ["8:33: \"min\" is larger than \"max\""]),
    (
      "{ length: { max: 1, unit: utf-16 } }",
      ["8:34: \"unit\" must be one of utf16, bytes, not \"utf-16\"; did you mean \"utf16\"?"]
    ),
    (
      "{ characters: {} }",
      ["8:22: the check \"characters\" needs forbid, forbid-classes, allow, allow-classes"]
    ),
    (
      "{ characters: { forbid: x, allow: y } }",
      ["8:22: \"forbid\" and \"allow\" exclude each other; keep one"]
    ),
    (
      "{ characters: { forbid-classes: [digits, look-alikes] } }",
      ["8:49: \"look-alikes\" stands alone in \"forbid-classes\""]
    ),
    (
      "{ characters: { allow-classes: [letter] } }",
      [
        "8:40: \"allow-classes\" must be one of letters, digits, whitespace, control, diacritics, "
          + "other-non-ascii, non-ascii, look-alikes, not \"letter\"; did you mean \"letters\"?"
      ]
    ),
    (
      "{ pattern: {} }",
      [
        "8:19: the check \"pattern\" needs forbid-start, forbid-end, forbid-inside, forbid-match, "
          + "require-match"
      ]
    ),
    ("{ pattern: { forbid-start: . } }", ["8:35: \"forbid-start\" must be a list, not a text"]),
    ("{ address: {} }", ["8:19: the check \"address\" needs require"]),
    (
      "{ address: { require: [one-at, dotatom] } }",
      [
        "8:39: \"require\" must be one of one-at, local-part, domain, dot-atom, dotted-domain, "
          + "domain-labels, not \"dotatom\"; did you mean \"dot-atom\"?"
      ]
    ),
    (
      "{ address: { require: [domain, domain] } }", ["8:39: \"domain\" stands twice in \"require\""]
    ),
    (
      "{ routable-domain: { x: 1 } }",
      ["8:29: unknown key \"x\" in the check \"routable-domain\""]
    ),
    ("{ unique: {} }", ["8:18: the check \"unique\" needs index"]),
    (
      "{ unique: { index: values } }",
      [
        "8:27: \"index\" must be one of address-strong, address-weak, computed-name, "
          + "confusable, contact-mirror, object, object-type, value, not \"values\"; did you mean \"value\"?"
      ]
    ),
    (
      "{ unique: { index: object, case: exact } }",
      ["8:41: \"case\" belongs to the index \"value\" only"]
    ),
    (
      "{ present: { when: empty } }",
      ["8:27: \"when\" must be one of absent, blank, absent-or-blank, not \"empty\""]
    ),
    ("{ count: { primary: true } }", ["8:17: the check \"count\" needs max or min"]),
    (
      "{ count: { max: 1, primary: yes } }",
      ["8:36: \"primary\" must be one of true, false, not \"yes\""]
    ),
    ("{ size: { max: 1, exactly: 2 } }", ["8:16: the check \"size\" needs either max or exactly"]),
    ("{ prefix: {} }", ["8:18: the check \"prefix\" needs either require or forbid"]),
    ("{ prefix: { require: false } }", ["8:29: \"require: false\" checks nothing"]),
    (
      "{ prefix: { forbid: [MS] } }",
      ["8:29: \"MS\" is not an address type in small letters, such as smtp"]
    ),
    ("{ compare: {} }", ["8:19: the check \"compare\" needs with"]),
    ("{ expression: {} }", ["8:22: the check \"expression\" needs forbid"]),
    (
      "{ expression: { forbid: True } }",
      [
        "8:32: the expression of \"forbid\" must be quoted or a block: without quotes, YAML cuts it "
          + "at \" #\" and refuses [ and % at its start"
      ]
    ),
  ]

  @Test(arguments: broken) func everyMistakeIsNamed(_ check: String, _ errors: [String]) {
    #expect(Fixture.errors(Fixture.rule([8: "check: " + check])) == errors)
  }

  @Test(arguments: [
    (
      "{ length: { max: 5, min: 2, unit: bytes } }",
      "LengthSpec(max: Optional(5), min: Optional(2), bytes: true)"
    ),
    ("{ length: { min: 0 } }", "LengthSpec(max: nil, min: Optional(0), bytes: false)"),
    ("{ routable-domain: {} }", "routable"),
    ("{ verified-domain: }", "verified"),
    ("{ reserved-domain: {} }", "reserved"),
    ("{ unique: { index: address-strong } }", "UniqueSpec(index: Rules.UniqueIndex.addressStrong)"),
    ("{ unique: { index: value } }", "UniqueSpec(index: Rules.UniqueIndex.value(exact: false))"),
    (
      "{ unique: { index: value, case: exact } }",
      "UniqueSpec(index: Rules.UniqueIndex.value(exact: true))"
    ),
    ("{ present: {} }", "PresentSpec(absent: true, blank: false, computed: nil)"),
    (
      "{ present: { computed: unverifiable } }",
      "PresentSpec(absent: true, blank: false, computed: "
        + "Optional(Rules.PresentSpec.ComputedName.unverifiable))"
    ),
    ("{ unique: { index: computed-name } }", "UniqueSpec(index: Rules.UniqueIndex.computedName)"),
    ("{ present: { when: blank } }", "PresentSpec(absent: false, blank: true, computed: nil)"),
    (
      "{ present: { when: absent-or-blank } }",
      "PresentSpec(absent: true, blank: true, computed: nil)"
    ),
    (
      "{ count: { max: 1, primary: true } }", "CountSpec(max: Optional(1), min: nil, primary: true)"
    ),
    ("{ size: { exactly: 16 } }", "SizeSpec(max: nil, exactly: Optional(16))"),
    ("{ prefix: { require: true } }", "PrefixSpec(require: true, forbid: [])"),
    (
      "{ prefix: { forbid: [ms, x400] } }", "PrefixSpec(require: false, forbid: [\"ms\", \"x400\"])"
    ),
    ("{ compare: { with: primary-smtp } }", "CompareSpec(with: \"primary-smtp\")"),
    (
      "{ address: { require: [domain, one-at] } }",
      "AddressSpec(aspects: [Rules.AddressAspect.oneAt, Rules.AddressAspect.domain])"
    ),
  ])
  func parametersAreRead(_ check: String, _ expected: String) throws {
    let rule = try Fixture.decoded(Fixture.rule([8: "check: " + check]))
    #expect("\(rule.check)" == expected)
  }

  @Test func charactersAreReadByScalar() throws {
    let yaml = "check: { characters: { allow: \"\\\\ \\\" \\u0060é\", allow-classes: [letters] } }"
    let rule = try Fixture.decoded(Fixture.rule([8: yaml]))
    let spec = try #require(rule.check as? CharacterSpec)
    #expect(
      spec
        == CharacterSpec(
          isAllowList: true, characters: ["\\", " ", "\"", " ", "`", "é"], classes: [.letters]))
  }

  @Test func patternsAreRead() throws {
    let yaml = """
      check:
        pattern:
          forbid-start: ['.', '-']
          forbid-end: ['.']
          forbid-inside: ['..']
          forbid-match: 'a+'
          require-match: "b\\\\d"
      """
    let rule = try Fixture.decoded(Fixture.rule([8: yaml]))
    var expected = PatternSpec()
    expected.forbidStart = [".", "-"]
    expected.forbidEnd = ["."]
    expected.forbidInside = [".."]
    expected.forbidMatch = "a+"
    expected.requireMatch = "b\\d"
    let spec = try #require(rule.check as? PatternSpec)
    #expect(spec == expected)
  }

  @Test func anExpressionKeepsItsPlace() throws {
    let yaml = "check:\n  expression:\n    forbid: \"True\""
    let rule = try Fixture.decoded(Fixture.rule([8: yaml]))
    let expression = try #require(rule.check as? ExpressionSpec).forbid
    #expect(expression.text == "True")
    #expect(expression.place == SourcePlace(file: "f", line: 10, column: 14))
  }

  @Test func everyKindIsListed() {
    #expect(Set(CheckKind.all.map(\.name)).count == 14)
  }
}
