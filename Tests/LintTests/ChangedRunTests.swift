import Bytes
import Checks
import LDIF
import Rules
import System
import Testing

@testable import Lint

/// Objects that are changed in place give what a run over changed sources would.
@Suite struct ChangedRunTests {
  static func person(_ name: String, _ lines: String...) -> String {
    "dn: CN=\(name),DC=contoso,DC=com\nobjectClass: user\ncn: \(name)\nsAMAccountName: \(name)\n"
      + lines.map { $0 + "\n" }.joined() + "\n"
  }

  static let ann = [
    "userAccountControl: 512", "userPrincipalName: a nn@contoso.com", "mail: ann@contoso.com",
  ]
  /// Somebody else, with or without what the scope asks for where the source has it.
  static func bob(_ account: String) -> String {
    person("bob").dropLast() + account
      + """
      userPrincipalName: bob@contoso.com
      mail: b ob@contoso.com
      proxyAddresses: SMTP:bob@contoso.com


      """
  }

  static func lint(_ text: String) throws -> LintResult {
    let target = try Spool.make(in: Spool.defaultFolder)
    try Array(text.utf8).withByteView { view throws(SystemError) in
      try Spool.write(view, to: target)
    }
    let source = LintSource(
      name: "s", forest: "s",
      input: LDIFInput(file: try ReadableFile(adopting: target), firstByte: 0))
    var options = LintOptions()
    options.keepUniqueValues()
    let ruleSet = try ArrivingSourceTests.ruleSet.get()
    return try LintRun(ruleSet: ruleSet, sources: [source], options: options).run()
  }

  static func told(_ result: LintResult) -> [String] {
    var told: [String] = []
    result.render { objects, _ in
      objects.flatMap { $0.map { "\($0.rule) \($0.dn) \($0.attribute ?? "") \($0.value ?? [])" } }
    } consume: {
      told += $0
      return true
    }
    return told
  }

  /// Each with whether it changes what can be checked in the source at all.
  @Test(arguments: [
    ("userPrincipalName", "bob@contoso.com", false), ("mail", "bob@contoso.com", false),
    ("mail", "x y@contoso.com", false), ("mail", nil, false), ("userAccountControl", nil, true),
  ])
  func whatChangesIsJudgedAsIfItHadBeenRead(
    attribute: String, value: String?, isOther: Bool
  ) throws {
    let bob = Self.bob(isOther ? "" : "userAccountControl: 512\n")
    let before = try Self.lint(Self.person("ann", Self.ann[0], Self.ann[1], Self.ann[2]) + bob)
    let lines = Self.ann.compactMap { line in
      line.hasPrefix("\(attribute): ") ? value.map { "\(attribute): \($0)" } : line
    }
    let text = lines.map { $0 + "\n" }.joined()
    let expected = try Self.lint(
      Self.person("ann").dropLast() + text + "\n" + bob)

    let examiner = before.examiner()
    let isThere = examiner.read(0)
    try #require(isThere)
    let table = before.context.ruleSet.table
    let original = ObjectState(examiner.entry, table: table)
    var state = original
    let place = try #require(table.find(attribute))
    state.set(place, value.map { [Array($0.utf8)] } ?? [])
    let now = try before.changing([0: state])
    #expect(Self.told(now) == Self.told(expected))
    #expect(Self.told(now) != Self.told(before) || value == nil)
    #expect(now.checks[0].checksTheSame(as: before.checks[0]) != isOther)
    #expect(now.checks[0].checksTheSame(as: expected.checks[0]))

    // And back again.
    let back = try now.changing([0: original])
    #expect(Self.told(back) == Self.told(before))
  }
}
