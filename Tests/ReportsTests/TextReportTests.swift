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
      return Fixture.text(.text, options).filter { !$0.isWhitespace }
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

  @Test func rulesBeyondTheFirstTenAreSummedUp() {
    var summary = Fixture.quiet
    summary.bySeverity = [0, 0, 1300]
    summary.byRule = (0..<13).map { index in
      RunSummary.RuleCount(
        rule: "UPN0\(10 + index)", name: "a-rule", severity: .error, count: 1200 - index,
        mostly: index == 0 ? "corp.local (800)" : nil)
    }
    let text = Fixture.text(.text, summary: summary)
    #expect(text.contains("  1,200  error    UPN010  a-rule, mostly corp.local (800)\n"))
    #expect(text.contains("UPN019") && !text.contains("UPN020"))
    #expect(text.contains("  and 3,567 findings of 3 other rules\n"))
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (48210, "48,210"), (1_234_567, "1,234,567"),
  ])
  func thousandsAreGrouped(_ number: Int, _ text: String) {
    #expect(grouped(number) == text)
  }
}
