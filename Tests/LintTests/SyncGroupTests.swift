import Checks
import Findings
import Lint
import TestKit
import Testing

/// Only direct members of a group are synchronized (`--sync-group`), as Connect's pilot filter takes them.
@Suite struct SyncGroupTests {
  private static let pilot = "CN=Pilot,OU=Groups,DC=contoso,DC=com"

  private static func user(_ name: String, ou: String = "Staff", mail: String? = nil) -> String {
    """
    dn: CN=\(name),OU=\(ou),DC=contoso,DC=com
    objectClass: user
    cn: \(name)
    sAMAccountName: \(name)
    userPrincipalName: \(name)@contoso.com
    mail: \(mail ?? "\(name)@contoso.com")


    """
  }

  private static func group(
    _ members: [String], name: String = "Pilot", attribute: String = "member", more: String = ""
  ) -> String {
    "dn: CN=\(name),OU=Groups,DC=contoso,DC=com\nobjectClass: group\ncn: \(name)\n"
      + "sAMAccountName: \(name)\ngroupType: -2147483646\n\(more)"
      + members.map { "\(attribute): \($0)\n" }.joined() + "\n"
  }

  private static func name(_ name: String, ou: String = "Staff") -> String {
    "CN=\(name),OU=\(ou),DC=contoso,DC=com"
  }

  private func lint(
    _ texts: String..., groups: [SyncGroup] = [SyncGroup(dn: pilot)],
    _ change: (inout LintOptions) -> Void = { _ in }
  ) throws -> LintResult {
    var options = LintOptions()
    options.syncGroups = groups
    options.listsSkipped = true
    change(&options)
    let sources = try texts.enumerated().map { number, text in
      try Lint.source(text.bytes, name: "F\(number)")
    }
    return try LintRun(ruleSet: try Lint.rules(), sources: sources, options: options).run()
  }

  private func examined(_ result: LintResult) -> Int {
    result.summary.examined.reduce(0) { $0 + $1.count }
  }

  private func skipped(_ result: LintResult) -> Int? {
    result.summary.skipped.first { $0.reason.contains("--sync-group") }?.count
  }

  /// Wherever the group stands, however its members are written, for any number of threads.
  @Test(arguments: [true, false], [1, 3])
  func onlyDirectMembersAreExamined(_ isFirst: Bool, _ threads: Int) throws {
    let members = [
      "cn=ANN, ou=staff, dc=Contoso, dc=com", Self.name("Nested", ou: "Groups"),
      "<GUID=0c6b2a1e-1111-4222-8333-944445555666>;" + Self.name("bob"),
    ]
    let users = ["ann", "bob", "carl", "dora"].map { Self.user($0) }.joined()
    let nested = Self.group([Self.name("carl")], name: "Nested")
    let text = isFirst ? Self.group(members) + users + nested : users + nested + Self.group(members)
    let result = try lint(text) { $0.threads = threads }
    #expect(examined(result) == 3, "\(result.summary.examined)")
    #expect(skipped(result) == 3)
    #expect(result.summary.isComplete)
    let names = result.summary.skippedObjects.map { $0.dn.text }
    #expect(names.contains(Self.name("carl")) && names.contains(Self.pilot))
  }

  /// What is left out has its addresses all the same.
  @Test func whatIsLeftOutTakesPartInUniqueness() throws {
    let text =
      Self.group([Self.name("ann")]) + Self.user("ann", mail: "same@contoso.com")
      + Self.user("bob", mail: "same@contoso.com")
    let findings = try lint(text).findings()
    let duplicates = findings.filter { $0.rule.hasPrefix("DUP") }
    #expect(!duplicates.isEmpty)
    #expect(duplicates.allSatisfy { $0.dn.text == Self.name("ann") })
  }

  /// Rules that tell what the scope leaves out tell it of members alone.
  @Test(arguments: [true, false]) func noRuleSeesWhoIsNoMember(_ isMember: Bool) throws {
    let contact = "dn: \(Self.name("carla"))\nobjectClass: contact\ncn: carla\n\n"
    let members = [Self.name("ann")] + (isMember ? [Self.name("carla")] : [])
    let findings = try lint(Self.group(members) + Self.user("ann") + contact).findings()
    #expect(findings.contains { $0.dn.text == Self.name("carla") } == isMember)
  }

  @Test func membersThatAreNowhereAreSaid() throws {
    let members = [Self.name("ann"), Self.name("gone"), Self.name("lost"), "no name"]
    let result = try lint(Self.group(members) + Self.user("ann"))
    #expect(result.summary.isComplete)
    #expect(
      result.summary.problems.contains { $0.message.contains("3 of the 4 members of --sync-group") }
    )
  }

  /// Entries outside the base are there; they are not examined.
  @Test func aGroupOutsideTheBaseIsReadAllTheSame() throws {
    let text =
      Self.group([Self.name("ann"), Self.name("bob", ou: "Other")]) + Self.user("ann")
      + Self.user("bob", ou: "Other") + Self.user("carl")
    let result = try lint(text) { $0.bases = ["OU=Staff,DC=contoso,DC=com"] }
    #expect(examined(result) == 1)
    #expect(skipped(result) == 1)
    #expect(!result.summary.problems.contains { $0.message.contains("in no source") })
  }

  @Test func severalGroupsAreOne() throws {
    let text =
      Self.group([Self.name("ann")]) + Self.group([Self.name("bob")], name: "Second")
      + ["ann", "bob", "carl"].map { Self.user($0) }.joined()
    let second = SyncGroup(dn: Self.name("Second", ou: "Groups"))
    let result = try lint(text, groups: [SyncGroup(dn: Self.pilot), second])
    #expect(examined(result) == 2)
    #expect(result.summary.isComplete)
  }

  /// A group of one forest filters that forest alone; one of none filters those without a group.
  @Test func forestsHaveGroupsOfTheirOwn() throws {
    let first = Self.group([Self.name("ann")]) + Self.user("ann") + Self.user("bob")
    let second = Self.user("zoe").replacing("contoso", with: "fabrikam")
    let own = SyncGroup(dn: Self.pilot, forest: "F0")
    #expect(examined(try lint(first, second, groups: [own])) == 2)
    #expect(examined(try lint(first, second)) == 1)
    let wrong = try lint(first, second, groups: [SyncGroup(dn: Self.pilot, forest: "F1")])
    #expect(!wrong.summary.isComplete)
    #expect(wrong.summary.problems.contains { $0.message.contains("in no source of F1") })
  }

  @Test(arguments: ["member;range=0-1499", "member;range=1500-*"])
  func aPartOfTheMembersIsAProblem(_ attribute: String) throws {
    let result = try lint(
      Self.group([Self.name("ann")], attribute: attribute) + Self.user("ann") + Self.user("bob"))
    #expect(!result.summary.isComplete)
    #expect(result.summary.problems.contains { $0.message.contains("only a part of its members") })
    #expect(examined(result) == 1)
  }

  /// What a tool says of its search beside the group is not about the group.
  @Test func aReferenceBesideTheGroupIsNone() throws {
    let result = try lint(
      "# refldap://contoso.com/CN=Configuration,DC=contoso,DC=com\n"
        + Self.group([Self.name("ann")]) + Self.user("ann"))
    #expect(!result.summary.problems.contains { $0.message.contains("a part of its members") })
    #expect(examined(result) == 1)
  }

  @Test func allMembersInOneRangeAreAll() throws {
    let result = try lint(
      Self.group([Self.name("ann")], attribute: "member;range=0-*") + Self.user("ann"))
    #expect(result.summary.isComplete && examined(result) == 1)
  }

  @Test func aGroupThatIsNowhereIsAProblem() throws {
    let result = try lint(Self.user("ann"))
    #expect(!result.summary.isComplete)
    #expect(examined(result) == 0)
    let problem = try #require(
      result.summary.problems.first { $0.message.contains("in no source") })
    #expect(problem.dn == Self.pilot)
  }

  @Test func aGroupWithoutMembersIsAProblem() throws {
    let result = try lint(Self.group([]) + Self.user("ann"))
    #expect(!result.summary.isComplete && examined(result) == 0)
    #expect(result.summary.problems.contains { $0.message.contains("export the attribute member") })
  }

  /// Of two copies of the group the newer one counts.
  @Test func theNewerCopyOfTheGroupCounts() throws {
    let old = Self.group([Self.name("ann")], more: "whenChanged: 20250101000000.0Z\n")
    let new = Self.group([Self.name("bob")], more: "whenChanged: 20260101000000.0Z\n")
    let users = Self.user("ann") + Self.user("bob")
    for text in [old + new + users, new + old + users] {
      let result = try lint(text)
      #expect(skipped(result) == 2)
      #expect(result.summary.skippedObjects.contains { $0.dn.text == Self.name("ann") })
    }
  }

  @Test func allObjectsAreExaminedWhereThatIsAskedFor() throws {
    var settings = CheckSettings()
    settings.lintsAllObjects = true
    var options = LintOptions()
    options.syncGroups = [SyncGroup(dn: Self.pilot)]
    let result = try Lint.of(
      Self.group([Self.name("ann")]) + Self.user("ann") + Self.user("bob"),
      rules: try Lint.rules(settings: settings), options: options)
    #expect(examined(result) == 3)
  }
}
