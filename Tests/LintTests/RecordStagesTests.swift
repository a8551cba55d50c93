import Checks
import Findings
import Lint
import Rules
import TestKit
import Testing

/// Silence, severity, filter: what becomes of findings before they are explained.
@Suite struct RecordStagesTests {
  /// A rule that fires on every display name that holds one of `characters`.
  static func rule(_ id: String, _ characters: String, _ more: String = "") -> String {
    """
    id: \(id)
    name: \(id.lowercased())
    severity: error
    \(more.hasPrefix("lowered") || more.hasPrefix("consequence") ? more : "")
    summary: It has one of them.
    why: Facts.
    objects: [user]
    attribute: displayName
    \(more.hasPrefix("after") ? more : "")
    check: { characters: { forbid: "\(characters)" } }
    message: '{value}'
    examples: { bad: [{ ldif: 'dn: a', finds: [{ dn: a }] }], good: [{ ldif: 'dn: b' }] }

    """
  }

  static func user(_ name: String, _ displayName: String, control: Int = 512) -> String {
    """
    dn: CN=\(name),DC=contoso,DC=com
    objectClass: user
    cn: \(name)
    sAMAccountName: \(name)
    userAccountControl: \(control)
    displayName: \(displayName)


    """
  }

  static let lowered =
    "lowered: [{ when: 'BitAnd([userAccountControl], 2) = 2', severity: warning }]"

  static func found(_ result: LintResult) -> [String] {
    result.findings().map { "\($0.rule) \(String(decoding: $0.commonName, as: UTF8.self))" }
  }

  @Test func whatComesAfterIsSilentOnTheSameValue() throws {
    let pack = try Lint.pack([
      "aaa001": Self.rule("AAA001", "*"), "bbb001": Self.rule("BBB001", "*#", "after: [AAA001]"),
      "ccc001": Self.rule("CCC001", "*#!", "after: [BBB001]"),
    ])
    let text = Self.user("ann", "a*") + Self.user("bob", "b#") + Self.user("cy", "c!")
    let rules = try Lint.rules(pack)
    // CCC001 is silent on ann's, though the rule before it is so itself: it has fired.
    #expect(
      Self.found(try Lint.of(text, rules: rules)) == ["AAA001 ann", "BBB001 bob", "CCC001 cy"])
    // Rules that do not run silence nobody.
    let less = try Lint.rules(pack, only: ["BBB001"])
    #expect(Self.found(try Lint.of(text, rules: less)) == ["BBB001 ann", "BBB001 bob"])
  }

  @Test(arguments: [1, 4]) func severityIsTheFindings(threads: Int) throws {
    let pack = try Lint.pack(["aaa001": Self.rule("AAA001", "*", Self.lowered)])
    var options = LintOptions()
    options.threads = threads
    let text = Self.user("ann", "a*") + Self.user("bob", "b*", control: 514)
    let result = try Lint.of(text, rules: try Lint.rules(pack), options: options)
    #expect(result.findings().map(\.severity) == [.error, .warning])
    let summary = result.counted()
    #expect(summary.bySeverity == [0, 1, 1])
    #expect(summary.byRule.map(\.severity) == [.error])
  }

  /// The sentence about the cloud is the first that fits class and object; the cause is what the
  /// rule says its findings share.
  @Test func cloudAndCauseAreTheFindings() throws {
    let more = """
      consequence: risk
      because: Because.
      cloud:
        - { objects: [group], text: A group. }
        - { when: '[sAMAccountName] = "bob"', text: '{class} bob.' }
      cause: { by: character, text: '{count} with {characters}' }
      """
    let pack = try Lint.pack([
      "aaa001": Self.rule("AAA001", "*#", more).replacing("[user]", with: "[user, group]"),
      "pack":
        "name: own\ntitle: A pack\nversion: '1'\nscope: { ad: { user: [], group: [] } }\n",
    ])
    let group = Self.user("cat", "c#").replacing("objectClass: user", with: "objectClass: group")
    let text = Self.user("ann", "a*") + Self.user("bob", "*b*") + group
    let found = try Lint.of(text, rules: try Lint.rules(pack)).findings()
    #expect(found.map(\.cloud) == [nil, "user bob.", "A group."])
    let star = Cause(kind: .character, value: "\"*\" ASTERISK")
    #expect(
      found.map(\.cause) == [star, star, Cause(kind: .character, value: "\"#\" NUMBER SIGN")])
  }

  @Test func overridesAreAbsolute() throws {
    let pack = try Lint.pack(["aaa001": Self.rule("AAA001", "*", Self.lowered)])
    let chosen = try RuleSelection(severities: ["AAA001=info"]).applied(to: PackSet([pack]))
    let rules = try RuleSet(packs: [pack], rules: chosen.rules, settings: CheckSettings())
    let text = Self.user("ann", "a*") + Self.user("bob", "b*", control: 514)
    #expect(try Lint.of(text, rules: rules).findings().map(\.severity) == [.info, .info])
  }

  /// The filter looks at findings, after silence and severity, and says how many it leaves out.
  @Test func filterLeavesOutFindings() throws {
    let pack = try Lint.pack([
      "aaa001": Self.rule("AAA001", "*", Self.lowered),
      "bbb001": Self.rule("BBB001", "*#", "after: [AAA001]"),
    ])
    var settings = CheckSettings()
    settings.minimumSeverity = .error
    let text = Self.user("ann", "a*") + Self.user("bob", "b*", control: 514)
    let result = try Lint.of(text, rules: try Lint.rules(pack, settings: settings))
    // What is left out has silenced the other all the same.
    #expect(Self.found(result) == ["AAA001 ann"])
    #expect(result.findingCount == 1)
    let summary = result.counted()
    #expect(summary.filtered == 1)
    #expect(summary.rules == 2, "both ran")
    #expect(summary.bySeverity == [0, 0, 1])
  }

  @Test func consequenceIsTheRules() throws {
    let pack = try Lint.pack(["aaa001": Self.rule("AAA001", "*", "consequence: refused")])
    let result = try Lint.of(Self.user("ann", "a*"), rules: try Lint.rules(pack))
    #expect(result.findings().map(\.consequence) == [.refused])
    #expect(result.findings().map(\.status) == [.new])
  }

  /// Who reads no further changes nothing about what is counted.
  @Test func everythingIsCountedWhateverIsRead() throws {
    let pack = try Lint.pack(["aaa001": Self.rule("AAA001", "*")])
    let users = (0..<3_000).map { Self.user("u\($0)", "u*") }.joined()
    let result = try Lint.of(users, rules: try Lint.rules(pack))
    var read = 0
    let summary = result.report { objects, _ in
      objects.count
    } consume: { count in
      read += count
      return false
    }
    #expect(read < 3_000)
    #expect(summary.findings == 3_000)
  }
}
