import Findings
import Testing

@testable import Rules

/// How much a finding weighs: `consequence`, `because`, `lowered`, `after`, `cause`.
@Suite struct WeightTests {
  @Test func everyKeyIsRead() throws {
    let more = """
      severity: warning
      consequence: refused
      because: Only with a licence.
      lowered:
        - when: 'IsPresent([mail])'
          severity: info
      """
    let end = """
      message: '{value} is long'
      after: [UPN001, UPN002]
      cause: { by: suffix, text: '{count} names end in {suffix}' }
      """
    let rule = try Fixture.decoded(Fixture.rule([3: more, 9: end]))
    #expect(rule.consequence == .refused)
    #expect(rule.because == "Only with a licence.")
    #expect(rule.lowered.map(\.severity) == [.info])
    #expect(rule.lowered.map(\.when.text) == ["IsPresent([mail])"])
    #expect(rule.after.map(\.id) == ["UPN001", "UPN002"])
    #expect(rule.after.map(\.place.description) == ["f:15:9", "f:15:17"])
    #expect(rule.cause?.kind == .suffix)
    #expect(rule.cause?.text.placeholders == [.count, .suffix])
  }

  @Test func theCloudDoesNotDoTheSameToAll() throws {
    let end = """
      message: it
      cloud:
        - { objects: [group, contact], text: It is dropped. }
        - { when: 'IsPresent([mail])', text: 'It is dropped, and {value} stays.' }
        - { text: Nothing. }
      cause: { text: '{count} of them' }
      """
    let rule = try Fixture.decoded(Fixture.rule([9: end]))
    #expect(rule.cloud.map { $0.objects.contains(.user) } == [false, true, true])
    #expect(rule.cloud.map(\.when?.text) == [nil, "IsPresent([mail])", nil])
    #expect(rule.cloud.map(\.text.placeholders) == [[], [.value], []])
    #expect(rule.cause?.kind == .rule)
  }

  @Test func nothingNeedBeSaid() throws {
    let rule = try Fixture.decoded(Fixture.rule())
    #expect(rule.consequence == nil && rule.because == nil && rule.cause == nil)
    #expect(rule.lowered.isEmpty && rule.after.isEmpty)
  }

  /// Decision by decision, what follows from a consequence.
  @Test(arguments: [
    (Consequence.refused, [Severity.error]), (.signIn, [.error]), (.address, [.error, .warning]),
    (.data, [.warning]), (.risk, [.warning, .info]), (.tidy, [.info]),
  ])
  func severityFollowsFromTheConsequence(_ consequence: Consequence, _ usual: [Severity]) {
    #expect(consequence.severities == usual)
    for severity in Severity.allCases {
      let said = "severity: \(severity.name)\nconsequence: \(consequence.rawValue)"
      #expect(Fixture.errors(Fixture.rule([3: said])).isEmpty == usual.contains(severity))
      let reasoned = Fixture.errors(Fixture.rule([3: said + "\nbecause: It is so."]))
      #expect(reasoned.isEmpty != usual.contains(severity))
    }
  }

  @Test func worseConsequencesAreMore() {
    #expect(Consequence.allCases.sorted(by: >) == Consequence.allCases)
    #expect(Consequence.tidy < .risk && Consequence.signIn < .refused)
  }

  static let broken: [BrokenRule] = [
    BrokenRule(
      3, "severity: error\nconsequence: refusd",
      "4:14: \"consequence\" must be one of refused, sign-in, address, data, risk, tidy, not "
        + "\"refusd\"; did you mean \"refused\"?"),
    BrokenRule(
      3, "severity: error\nconsequence: data",
      "3:11: the consequence \"data\" makes warning, not error; say why with \"because\""),
    BrokenRule(
      3, "severity: warning\nconsequence: data\nbecause: It is so.",
      "5:10: \"because\" says why the severity departs from the consequence's, which it does not"),
    BrokenRule(
      3, "severity: error\nbecause: It is so.",
      "4:10: \"because\" belongs to a rule with a \"consequence\""),
    BrokenRule(
      3, "severity: warning\nlowered: [{ when: 'True', severity: warning }]",
      "4:37: warning is not below the rule's severity, warning"),
    BrokenRule(
      3, "severity: error\nlowered: [{ when: True, severity: info }]",
      "4:19: the expression of \"when\" must be quoted or a block: without quotes, YAML cuts it at "
        + "\" #\" and refuses [ and % at its start"),
    BrokenRule(
      3, "severity: error\nlowered: [{ when: 'True' }]",
      "4:11: the key \"severity\" is missing from the entry of \"lowered\""),
    BrokenRule(
      3, "severity: error\nlowered: []", "4:10: \"lowered\" must not be an empty list"),
    BrokenRule(
      3, "severity: error\nlowered: [{ whn: 'True', severity: info }]",
      "4:11: the key \"when\" is missing from the entry of \"lowered\"",
      "4:13: unknown key \"whn\" in an entry of \"lowered\"; did you mean \"when\"?"),
    BrokenRule(
      3, "severity: error\nafter: [UPN001, UPN001]",
      "4:17: \"UPN001\" stands twice in \"after\""),
    BrokenRule(
      3, "severity: error\ncause: { by: suffx, text: x }",
      "4:14: \"by\" must be one of suffix, domain, character, type, group, length, rule, not \"suffx\"; "
        + "did you mean \"suffix\"?"),
    BrokenRule(
      3, "severity: error\ncause: { by: domain, text: '{suffix} {what}' }",
      "4:28: {suffix} in \"text\" never has a value; there are {count}, {domain}",
      "4:28: {what} in \"text\" never has a value; there are {count}, {domain}"),
    BrokenRule(
      3, "severity: error\ncloud: [{ text: It. }, { objects: [group], text: That. }]",
      "4:9: the sentences of \"cloud\" after this one are never said"),
    BrokenRule(
      3, "severity: error\ncloud: [{ objects: [grup], txt: It. }]",
      "4:9: the key \"text\" is missing from the entry of \"cloud\"",
      "4:28: unknown key \"txt\" in an entry of \"cloud\"; did you mean \"text\"?"),
    BrokenRule(3, "severity: error\ncloud: []", "4:8: \"cloud\" must not be an empty list"),
    BrokenRule(
      3, "severity: error\ncause: { by: group }",
      "4:8: the key \"text\" is missing from \"cause\""),
  ]

  @Test(arguments: broken) func everyMistakeIsNamed(_ rule: BrokenRule) {
    #expect(Fixture.errors(Fixture.rule([rule.line: rule.text])) == rule.errors)
  }

  // MARK: The order of rules

  static let scope = "scope: { ad: { user: [] } }\n"

  static func rule(_ id: String, after: String...) -> String {
    let order = after.isEmpty ? "" : "\nafter: [\(after.joined(separator: ", "))]"
    return Fixture.rule(
      id: id, name: id.lowercased(), [8: "check: { length: { max: 5 } }" + order])
  }

  static func errors(_ files: [String: [String: String]], _ pack: String) throws -> [String] {
    let library = try Fixture.library(files)
    do throws(RulePackErrors) {
      _ = try library.pack(pack)
      return []
    } catch {
      return error.errors.map(\.description)
    }
  }

  @Test func rulesOfWhatIsExtendedAreKnown() throws {
    let files = [
      "base": ["pack.yaml": Fixture.pack("base", Self.scope), "aaa001.yaml": Self.rule("AAA001")],
      "own": [
        "pack.yaml": Fixture.pack("own", "extends: [base]\n"),
        "bbb001.yaml": Self.rule("BBB001", after: "AAA001"),
        "ccc001.yaml": Self.rule("CCC001", after: "AAA001", "BBB001"),
      ],
    ]
    #expect(try Self.errors(files, "own") == [])
  }

  @Test func unknownRulesAreErrors() throws {
    let files = [
      "own": [
        "pack.yaml": Fixture.pack("own", Self.scope),
        "aaa001.yaml": Self.rule("AAA001", after: "BBB002", "bbb001"),
        "bbb001.yaml": Self.rule("BBB001"),
      ]
    ]
    let what = "no rule of this pack or of one that it extends has the id"
    #expect(
      try Self.errors(files, "own") == [
        "own/aaa001.yaml:9:9: \(what) \"BBB002\"; did you mean \"BBB001\"?",
        "own/aaa001.yaml:9:17: \(what) \"bbb001\"; write its id, BBB001",
      ])
  }

  @Test(arguments: [
    (["AAA001": ["AAA001"]], "AAA001 → AAA001"),
    (["AAA001": ["BBB001"], "BBB001": ["AAA001"]], "AAA001 → BBB001 → AAA001"),
    (
      ["AAA001": ["BBB001"], "BBB001": ["CCC001"], "CCC001": ["BBB001"]],
      "BBB001 → CCC001 → BBB001"
    ),
  ])
  func circlesAreErrors(_ rules: [String: [String]], _ circle: String) throws {
    var files = ["pack.yaml": Fixture.pack("own", Self.scope)]
    for (id, after) in rules {
      let order = "\nafter: [\(after.joined(separator: ", "))]"
      files["\(id.lowercased()).yaml"] = Fixture.rule(
        id: id, name: id.lowercased(), [8: "check: { length: { max: 5 } }" + order])
    }
    let first = circle.prefix(6).lowercased()
    #expect(
      try Self.errors(["own": files], "own") == [
        "own/\(first).yaml:1:1: rules come after each other in a circle: \(circle)"
      ])
  }
}
