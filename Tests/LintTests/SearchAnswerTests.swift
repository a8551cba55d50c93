import Findings
import Lint
import TestKit
import Testing

/// What ldapsearch without -LLL and ldbsearch write beside the entries.
@Suite struct SearchAnswerTests {
  private static func user(_ name: String, in domain: String = "DC=contoso,DC=com") -> String {
    "# \(name), Staff\ndn: CN=\(name),OU=Staff,\(domain)\nobjectClass: user\ncn: \(name)\n"
      + "sAMAccountName: \(name)\n\n"
  }

  private static func problems(_ texts: String..., options: LintOptions = LintOptions()) throws
    -> [Problem]
  {
    let sources = try texts.enumerated().map { try Lint.source(Array($1.utf8), name: "\($0)") }
    return try LintRun(ruleSet: try Lint.rules(), sources: sources, options: options).run()
      .summary.problems.filter {
        !$0.message.contains("no object of this source carries")
          && !$0.message.contains("did not run")
      }
  }

  @Test func anAnswerThatEndedWellIsSilent() throws {
    let text = """
      # extended LDIF
      #
      # LDAPv3
      # base <DC=contoso,DC=com> with scope subtree
      # numbers of people: 2

      \(Self.user("ann"))\(Self.user("bob"))# search result
      search: 2
      result: 0 Success
      control: 1.2.840.113556.1.4.319 false MAUCAQAEAA==
      pagedresults: cookie=

      # numResponses: 3
      # numEntries: 2

      """
    for file in [text, text.replacing("\n", with: "\r\n")] {
      #expect(try Self.problems(file) == [])
    }
    #expect(try Self.problems(Self.user("ann") + "# returned 1 records\n# 1 entries\n") == [])
    // Two answers in one file, and one whose count goes on from page to page.
    #expect(
      try Self.problems(text + text.replacing("ann", with: "eva").replacing("bob", with: "tim"))
        == [])
    let pages = Self.user("ann") + "# numEntries: 1\n\n" + Self.user("bob") + "# numEntries: 2\n"
    #expect(try Self.problems(pages) == [])
  }

  @Test(arguments: [
    ("result: 4 Size limit exceeded", "size limit exceeded (4)"),
    ("result: 3 Time limit exceeded\ntext: too slow", "time limit exceeded (3)"),
    ("result: 11 Administrative limit exceeded", "administrative limit exceeded (11)"),
    (
      "result: 32 No such object\nmatchedDN: DC=contoso,DC=com\ntext: 0000208D",
      "no such object (32)"
    ),
    ("result: 52", "an error (52)"),
  ])
  func anAnswerThatDidNotIsIncomplete(_ end: String, _ words: String) throws {
    let problems = try Self.problems(
      Self.user("ann")
        + "# search result\nsearch: 2\n\(end)\n\n# numResponses: 2\n# numEntries: 1\n")
    #expect(problems.map(\.kind) == [.incomplete])
    #expect(problems.first?.message.contains(words) == true, "\(problems)")
    #expect(problems.first?.line == 9)
    #expect(problems.first?.source == "0")
  }

  @Test(arguments: ["ref: ", "# ref", "# ref: ", "REF: "])
  func referencesAreToldApart(_ mark: String) throws {
    func reference(_ url: String) -> String { "# search reference\n\(mark)\(url)\n\n" }
    let root =
      Self.user("ann") + reference("ldap://contoso.com/CN=Configuration,DC=contoso,DC=com")
      + reference("ldap://DomainDnsZones.contoso.com/DC=DomainDnsZones,DC=contoso,DC=com")
      + reference("ldap://emea.contoso.com/DC=emea,DC=contoso,DC=com")
      + reference("ldap://emea.contoso.com/DC=emea,DC=contoso,DC=com")
    let alone = try Self.problems(root)
    #expect(alone.map(\.kind) == [.note, .note, .incomplete])
    #expect(alone.map(\.line) == [8, 11, 14])
    #expect(
      alone.last?.message.hasPrefix("DC=emea,DC=contoso,DC=com is on another server") == true)
    let both = try Self.problems(root, Self.user("eva", in: "DC=EMEA, DC=contoso,DC=com"))
    #expect(both.map(\.kind) == [.note, .note, .note])
    #expect(both.last?.message.contains("read as a source of its own") == true)
    var options = LintOptions()
    options.bases = ["OU=Staff,DC=contoso,DC=com"]
    #expect(try Self.problems(root, options: options) == [])
  }

  @Test func longReferencesAreFolded() throws {
    let dn = "DC=a-very-long-name-of-a-domain-that-needs-a-second-line,DC=contoso,DC=com"
    for mark in ["ref:", "# ref"] {
      let line = "\(mark)ldap://emea.contoso.com/\(dn.prefix(20))\n \(dn.dropFirst(20))"
      let problems = try Self.problems(Self.user("ann") + line + "\n\n")
      #expect(problems.map(\.kind) == [.incomplete])
      #expect(problems.first?.message.hasPrefix(dn) == true)
    }
  }

  @Test(arguments: ["# numEntries: 3", "# returned 3 records", "# returned 4 records"])
  func fewerThanWereCountedIsIncomplete(_ count: String) throws {
    let problems = try Self.problems(
      Self.user("ann") + Self.user("bob") + "ref: ldap://dc/CN=Configuration,DC=contoso,DC=com\n\n"
        + "\(count)\n")
    let isRight = count == "# returned 3 records"
    #expect(problems.map(\.kind) == (isRight ? [.note] : [.note, .incomplete]))
    #expect(isRight || problems.last?.message.contains("2 are here") == true || count.contains("4"))
  }

  @Test func moreThanWereCountedIsANote() throws {
    let problems = try Self.problems(Self.user("ann") + Self.user("bob") + "# numEntries: 1\n")
    #expect(problems.map(\.kind) == [.note])
  }

  /// A record without a DN is one of a search only by its first name.
  @Test(arguments: ["cn: ann\nresult: 4 x\n", "results: 2\n", "result 4\n", "search; 2\n"])
  func otherRecordsWithoutDNAreMalformed(_ text: String) throws {
    let problems = try Self.problems(Self.user("ann") + text)
    #expect(problems.map(\.kind) == [.malformedRecord])
  }

  /// Every beginning and every changed byte of an answer: what was found, was counted right.
  @Test func prefixesAndChangedBytes() throws {
    let text = Array(
      (Self.user("ann") + "ref: ldap://dc/DC=b\n\nsearch: 2\nresult: 4 Size\n\n# numEntries: 1\n")
        .utf8)
    let rules = try Lint.rules(only: ["UPN001"])
    for index in text.indices {
      for bytes in [Array(text[..<index]), Self.changed(text, index)] {
        let result = try LintRun(
          ruleSet: rules, sources: [try Lint.source(bytes)], options: LintOptions()
        ).run()
        #expect(result.summary.entries <= 1)
      }
    }
  }

  private static func changed(_ text: [UInt8], _ index: Int) -> [UInt8] {
    var text = text
    text[index] = text[index] == 0x3A ? 0x0A : 0x3A
    return text
  }
}
