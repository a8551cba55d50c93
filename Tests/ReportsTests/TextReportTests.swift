import Findings
import Testing

@testable import Reports

@Suite struct TextReportTests {
  @Test func incompleteIsSaidFirstAndLast() {
    let lines = Fixture.text(.text).split(separator: "\n")
    #expect(lines.first?.hasPrefix("INCOMPLETE") == true)
    #expect(lines.last?.hasPrefix("INCOMPLETE") == true)
    #expect(lines.last?.contains("7 problems") == true)
  }

  @Test func noteIsNoAlarm() {
    var summary = Fixture.quiet
    summary.problems = [Problem(kind: .note, message: "no Exchange schema")]
    let text = Fixture.text(.text, objects: [], summary: summary)
    #expect(!text.contains("INCOMPLETE"))
    #expect(text.contains("note: no Exchange schema"))
  }

  @Test func nothingFoundSaysWhatWasSeen() {
    let text = Fixture.text(.text, objects: [], summary: Fixture.quiet)
    #expect(text.hasSuffix("No findings: 40 objects, 71 rules\n"))
    #expect(text.contains("Skipped: 1 object (1 a critical system object)"))
  }

  @Test func objectsAreNamedOnce() {
    let text = Fixture.text(.text)
    #expect(text.split(separator: "\n").count { $0.hasPrefix("CN=") } == Fixture.objects.count)
    #expect(text.contains("CN=Values,DC=contoso,DC=com  staff.ldif:1301, user\n"))
  }

  @Test(arguments: [60, 80, 120])
  func linesFitUnlessOneWordDoesNot(_ width: Int) {
    var options = ReportOptions()
    options.width = width
    let text = Fixture.text(.text, options)
    for line in text.split(separator: "\n") where columns(line) > width {
      // A line with a break would have been broken: what is left is a name, a value, raw input.
      let isUnit = ["CN=", "OU=", "\"", "xxx", "    clause:", "    userPassword"].contains {
        line.contains($0)
      }
      #expect(isUnit, "\(line)")
    }
  }

  private func columns(_ line: Substring) -> Int {
    visibleWidth(Array(line.utf8).span)
  }

  @Test func nothingIsLostInANarrowWindow() {
    let squeezed = { (width: Int) in
      var options = ReportOptions()
      options.width = width
      // A command that goes on is broken as a shell has it.
      return Fixture.text(.text, options).replacing(" \\\n", with: "")
        .filter { !$0.isWhitespace }
    }
    #expect(squeezed(20) == squeezed(10_000))
    #expect(squeezed(0) == squeezed(80))
  }

  @Test func colorChangesNothingElse() {
    var options = ReportOptions()
    options.isColored = true
    let codes = ["\u{1B}[0m", "\u{1B}[1m", "\u{1B}[2m", "\u{1B}[1;31m", "\u{1B}[33m", "\u{1B}[36m"]
    var text = Fixture.text(.text, options)
    #expect(text.contains("\u{1B}[1;31merror\u{1B}[0m"))
    for code in codes { text = text.replacing(code, with: "") }
    #expect(text == Fixture.text(.text))
  }

  // MARK: Styles

  private static func text(
    _ style: TextStyle, by grouping: Grouping = .rule,
    _ change: (inout RunSummary) -> Void = { _ in }
  ) -> String {
    var options = ReportOptions()
    options.style = style
    options.grouping = grouping
    options.width = 100
    var summary = Fixture.summary
    change(&summary)
    return Fixture.text(.text, options, summary: summary)
  }

  @Test func summaryBeginsWithWhatWouldHappen() {
    let lines = Self.text(.summary).split(separator: "\n").map(String.init)
    // After the alarm of an incomplete run.
    #expect(lines[1] == "What would happen")
    #expect(lines[2].contains("1  loses an address or mail"))
    #expect(!lines.contains { $0.hasPrefix("CN=") })
    for rule in ["DUP001", "UPN006", "UPN004", "UPN011", "OBJ001", "NAME009", "NICK003"] {
      #expect(lines.contains { $0.contains("\(rule) 1") || $0.contains("\(rule) 8") }, "\(rule)")
    }
  }

  @Test func conciseIsALineAFinding() {
    let lines = Self.text(.concise).split(separator: "\n", omittingEmptySubsequences: false)
    let findings = lines.prefix { !$0.isEmpty }
    #expect(findings.count == Fixture.findings.count)
    #expect(
      findings[0]
        == #"staff.ldif:120: DUP001 error CN=Müller\, Jörg "Jo",OU=Staff,DC=contoso,DC=com proxyAddresses: "SMTP:jo@contoso.com" is held by 15 objects, of which only the first that is synchronized keeps it"#
    )
  }

  /// Whatever a directory holds, it begins no line of its own and sends nothing to a terminal.
  @Test(arguments: TextStyle.allCases, Grouping.allCases)
  func hostileValuesForgeNoLine(_ style: TextStyle, _ grouping: Grouping) {
    let hostile = "a\nWhat would happen\r\u{1B}[2J\u{202E}\u{2028}forged"
    let text = Self.text(style, by: grouping) { summary in
      var finding = Fixture.finding(
        "UPN006", "a-rule", .error, dn: Array("CN=\(hostile)".utf8), attribute: "mail",
        value: Array(hostile.utf8), hostile)
      finding.commonName = Array(hostile.utf8)
      finding.source = hostile
      var cause = CauseCount(
        rule: "UPN006", cause: Cause(kind: .suffix, value: hostile), attribute: "mail")
      cause.findings = 2
      cause.examples = [finding]
      cause.sentence = hostile
      summary.causes = [cause]
      var domain = DomainCount(domain: hostile)
      domain.primaries = 1
      summary.domains = [domain]
      var group = GroupCount(key: Array(hostile.utf8))
      group.examples = [finding]
      summary.groups = [group]
    }
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
    #expect(text.split(separator: "\n").count { $0 == "What would happen" } <= 1)
    #expect(!text.contains("\nforged"))
  }

  @Test func commandsAreQuotedForAShell() {
    let suffix = "x; rm -rf ~ '\u{1B}"
    var cause = CauseCount(
      rule: "UPN006", cause: Cause(kind: .suffix, value: suffix), attribute: "userPrincipalName")
    cause.findings = 9
    cause.sentence = "9 sign-in names"
    var summary = Fixture.summary
    summary.causes = [cause]
    let steps = StepList(summary, Fixture.header).steps
    let command = steps.flatMap(\.commands).first { $0.contains("--diff") }
    #expect(
      command?.contains(#"--upn-suffix 'x; rm -rf ~ '\''\#u{1B}=primary'"#) == true, "\(steps)")
  }

  @Test func stepsComeInTheOrderOfTheirWeeks() {
    let weeks = StepList(Fixture.summary, Fixture.header).steps.map(\.week)
    let order = Step.Week.allCases
    let numbers = weeks.compactMap { week in order.firstIndex(of: week) }
    #expect(numbers == numbers.sorted() && numbers.count > 3)
  }
}
