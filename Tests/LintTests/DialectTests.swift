import Bytes
import Findings
import Lint
import TestKit
import Testing

/// Exports as tools write them: what is found is what is found in the plain file.
@Suite struct DialectTests {
  /// People with a sign-in name that is not routable, and two that share an address.
  static let people: [String] = (0..<30).map { number in
    ChangedRunTests.person(
      "u\(number)", "userAccountControl: 512", "userPrincipalName: u\(number)@corp.local",
      "mail: u\(number / 2)@contoso.com", "description: \(String(repeating: "x", count: number))")
  }
  static let plain = people.joined()

  /// The findings without where they are, the problems, and the lines of the findings.
  private static func said(_ text: String) throws -> (
    findings: [String], lines: [Int], problems: [Problem]
  ) {
    let result = try Lint.of(text)
    let findings = result.findings()
    return (
      findings.map { "\($0.rule) \($0.dn) \($0.attribute ?? "") \($0.value ?? [])" },
      findings.compactMap(\.line),
      result.summary.problems.filter { $0.kind != .note || $0.line != nil }
    )
  }

  private static func lines(of text: String) -> [Int] {
    let lines = text.replacing("\r", with: "").split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.filter { lines[$0].hasPrefix("dn:") }.map { $0 + 1 }
  }

  @Test(arguments: ["\r\n", "\r\r\n", "\r\r\r\r\n"])
  func lineEndsMeanNothing(_ end: String) throws {
    let expected = try Self.said(Self.plain)
    try #require(expected.findings.count >= 60)
    let read = try Self.said(Self.plain.replacing("\n", with: end))
    #expect(read.findings == expected.findings)
    #expect(read.lines == expected.lines)
    #expect(read.problems == expected.problems)
  }

  /// Files that were put one behind the other, each with its byte order mark.
  @Test func marksOfFilesMeanNothing() throws {
    let expected = try Self.said(Self.plain)
    let read = try Self.said(Self.people.map { "\u{FEFF}" + $0 }.joined())
    #expect(read.findings == expected.findings)
    #expect(read.lines == expected.lines)
    #expect(read.problems == expected.problems)
  }

  /// Without empty lines between the records, or with blanks in them.
  @Test(arguments: ["", " \n", "\t  \n"]) func recordsWithoutEmptyLines(_ between: String) throws {
    let text = Self.people.map { String($0.dropLast()) + between }.joined()
    let expected = try Self.said(Self.plain)
    let read = try Self.said(text)
    #expect(read.findings == expected.findings)
    #expect(Set(read.lines) == Set(Self.lines(of: text)))
    guard between.isEmpty else {
      #expect(read.problems.isEmpty)
      return
    }
    let remark = try #require(read.problems.first)
    #expect(read.problems.count == 1)
    #expect(remark.kind == .note)
    #expect(remark.message.contains("empty lines before 29 records are missing"))
    #expect(remark.line == Self.lines(of: text)[1])
  }

  /// Many records behind the chunk in which their block begins are found, and found again.
  @Test func recordsFarBehindTheBeginningOfTheirBlock() throws {
    let long = String(repeating: "x", count: 2000)
    let people = (0..<600).map { number in
      ChangedRunTests.person(
        "u\(number)", "userAccountControl: 512", "userPrincipalName: u\(number)@corp.local",
        "mail: u\(number)@contoso.com", "description: \(long)")
    }
    let text = people.map { String($0.dropLast()) }.joined()
    try #require(text.utf8.count > 1 << 20)
    let expected = try Self.said(people.joined())
    let read = try Self.said(text)
    #expect(read.findings == expected.findings)
    #expect(Set(read.lines) == Set(Self.lines(of: text)))
  }

  /// The line of a finding is that of the DN, whatever stands above it.
  @Test(arguments: ["# u0, contoso.com\n", "# a\n#  b\n c\n\n", "version: 1\n", " \n"])
  func findingsAreAtTheLineOfTheDN(_ head: String) throws {
    let text = Self.plain + head + Self.people[0].replacing("u0", with: "z")
    #expect(Set(try Self.said(text).lines) == Set(Self.lines(of: text)))
  }

  /// A fault is told at its line, not at that of its record.
  @Test func faultsAreToldWhereTheyAre() throws {
    let text = Self.people[0] + "# one\ndn: CN=a,DC=x\ncn: a\nsn: b\nand more\n\n" + Self.people[1]
    let problem = try #require(try Lint.of(text).summary.problems.first { $0.makesIncomplete })
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(problem.line == lines.firstIndex(of: "and more").map { $0 + 1 })
  }

  private static func run(_ bytes: [UInt8], _ rules: Set<String>? = nil) throws -> LintResult {
    try LintRun(
      ruleSet: try Lint.rules(only: rules), sources: [Lint.source(bytes)], options: LintOptions()
    ).run()
  }

  private static func blocking(_ result: LintResult) -> [Problem] {
    result.summary.problems.filter(\.makesIncomplete)
  }

  /// Bytes of another code page: one problem of the file, and nothing is said of the values.
  @Test(arguments: [(0xF6, "WINDOWS-1252"), (0x94, "CP850")] as [(UInt8, String)])
  func fileThatIsNotUTF8(_ byte: UInt8, _ page: String) throws {
    let person = ChangedRunTests.person(
      "u", "userAccountControl: 512", "userPrincipalName: u@contoso.com", "mail: bj*rn@contoso.com",
      "proxyAddresses: SMTP:bj*rn@contoso.com", "proxyAddresses: smtp:a b@contoso.com",
      "info: bj*rn")
    let text =
      Self.people[0] + person + person.replacing("u@", with: "v@").replacing("=u,", with: "=v,")
    let bytes = text.utf8.map { $0 == UInt8(ascii: "*") ? byte : $0 }
    let result = try Self.run(bytes)
    let problem = try #require(Self.blocking(result).first)
    #expect(Self.blocking(result).count == 1)
    #expect(problem.message.contains("not UTF-8: 6 values have"))
    #expect(problem.message.contains(page))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(problem.line == lines.firstIndex { $0.contains("*") }.map { $0 + 1 })
    let findings = result.findings()
    #expect(findings.allSatisfy { !($0.value ?? []).contains(byte) })
    // Other values of the same object are judged.
    #expect(findings.contains { $0.value == Array("smtp:a b@contoso.com".utf8) })
    // In Base64 it is a value of the directory.
    let encoded = ChangedRunTests.person("w", "mail:: Ymr2cm5AY29udG9zby5jb20=")
    #expect(Self.blocking(try Self.run(Array(encoded.utf8))).isEmpty)
  }

  /// What is wrong with a file is the same whatever rules are chosen.
  @Test func brokenBase64IsToldWhateverIsChosen() throws {
    let text = Array(
      (Self.people[0] + ChangedRunTests.person("x", "photo:: !") + Self.people[1]).utf8)
    for rules in [nil, ["UPN003"], ["MAIL003"]] as [Set<String>?] {
      let problem = try #require(Self.blocking(try Self.run(text, rules)).first)
      #expect(problem.message.contains("Base64"))
    }
  }

  /// Names that no attribute has and values in files are told once, with their number.
  @Test func whatIsNotReadIsToldOnce() throws {
    let text = (0..<50).map { number in
      ChangedRunTests.person(
        "u\(number)", "_own: 1", "_own: 2", "mail:< file:///tmp/ldapsearch-mail-\(number)",
        "userPrincipalName: u\(number)@corp.local")
    }.joined()
    let result = try Lint.of(text)
    let problems = Self.blocking(result)
    #expect(problems.count == 2)
    let name = try #require(problems.first { $0.kind == .malformedRecord })
    #expect(name.message.contains("100 lines begin with _own"))
    #expect(name.line == 5)
    let url = try #require(problems.first { $0.kind == .urlValue })
    #expect(url.message.contains("50 values of mail are given by URL"))
    #expect(url.line == 7)
    #expect(result.summary.entries == 50)
    #expect(!result.findings().isEmpty)
  }
}
