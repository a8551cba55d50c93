import Findings
import Testing

/// What summaries count: objects by consequence, causes, groups.
@Suite struct SummaryTests {
  static func finding(
    _ rule: String, _ consequence: Consequence, dn: String = "CN=A,DC=x",
    severity: Severity = .error,
    cause: Cause? = nil, told: String? = nil
  ) -> Finding {
    var finding = Finding(
      rule: rule, name: "a-rule", severity: severity, source: "s", dn: Array(dn.utf8),
      objectClass: "user", message: "m")
    finding.consequence = consequence
    finding.cause = cause
    finding.annotations.toldAt = told.map { Array($0.utf8) }
    finding.unit = Array("OU=\(dn.utf8.count),DC=x".utf8)
    return finding
  }

  private static func summary(_ objects: [[Finding]], _ shape: TallyShape) -> RunSummary {
    // One block for each object, as threads make them.
    var total = Tally(shape)
    for object in objects {
      var block = Tally(shape)
      block.add(object)
      total.add(block)
    }
    var summary = RunSummary()
    total.complete(&summary)
    return summary
  }

  @Test func anObjectCountsOnceForEachConsequence() {
    var disabled = Self.finding("UPN006", .signIn)
    disabled.isEnabled = false
    disabled.hasMailbox = true
    let summary = Self.summary(
      [
        [Self.finding("DUP004", .refused), Self.finding("UPN002", .refused), disabled],
        [Self.finding("UPN006", .signIn, dn: "CN=B,DC=x")],
      ], TallyShape())
    #expect(summary.byConsequence.map(\.consequence) == [.refused, .signIn])
    #expect(summary.byConsequence.map(\.whom.objects) == [1, 2])
    #expect(summary.byConsequence.map(\.findings) == [2, 2])
    #expect(summary.byConsequence[0].rules.map(\.rule) == ["DUP004", "UPN002"])
    #expect(summary.byConsequence[1].whom.disabled == 1)
    #expect(summary.byConsequence[1].whom.mailboxes == 1)
    #expect(summary.whom.objects == 2 && summary.whom.classes == ["user": 2])
    #expect(summary.byRule.first { $0.rule == "UPN006" }?.objects == 2)
  }

  /// A rule of one's own need not say what would happen.
  @Test func withoutAConsequenceItIsARisk() {
    var finding = Self.finding("X001", .tidy)
    finding.consequence = nil
    #expect(Self.summary([[finding]], TallyShape()).byConsequence.map(\.consequence) == [.risk])
  }

  @Test func causesAreWorstFirstAndThenMostFirst() {
    var shape = TallyShape()
    shape.countsCauses = true
    shape.maximumExamples = 2
    let local = Cause(kind: .suffix, value: "corp.local")
    let summary = Self.summary(
      (0..<4).map { [Self.finding("UPN006", .signIn, dn: "CN=\($0)", cause: local)] }
        + [
          [Self.finding("UPN006", .signIn, cause: Cause(kind: .suffix, value: "b.local"))],
          [Self.finding("DUP004", .refused, cause: Cause(kind: .group, value: "a"))],
          [Self.finding("DUP004", .refused, cause: Cause(kind: .group, value: "a"), told: "CN=x")],
          [Self.finding("DUP004", .refused, cause: Cause(kind: .group, value: "b"))],
        ], shape)
    #expect(summary.causes.map(\.rule) == ["DUP004", "UPN006", "UPN006"])
    #expect(summary.causes.map(\.findings) == [3, 4, 1])
    // All groups of a rule are one cause; each is told once.
    #expect(summary.causes[0].groups == 2 && summary.causes[0].cause.value == "")
    #expect(summary.causes[1].examples.map(\.dn) == [Array("CN=0".utf8), Array("CN=1".utf8)])
  }

  @Test func whatIsMaskedIsOfOneCause() {
    var shape = TallyShape()
    shape.countsCauses = true
    let summary = Self.summary(
      [[Self.finding("UPN006", .signIn)], [Self.finding("UPN006", .signIn)]], shape)
    #expect(summary.causes.map(\.findings) == [2])
  }

  @Test(arguments: [Grouping.rule, .object, .ou, .class])
  func groupsAreAsManyAsAskedForWorstFirst(_ grouping: Grouping) {
    var shape = TallyShape()
    shape.grouping = grouping
    shape.maximumGroups = 3
    shape.maximumExamples = 1
    let objects = (0..<40).map { number in
      (0...number % 7).map { _ in
        var finding = Self.finding(
          "R0\(number)", .risk, dn: String(repeating: "x", count: number),
          severity: number == 20 ? .error : .info)
        finding.objectClass = "class \(number)"
        return finding
      }
    }
    let summary = Self.summary(objects, shape)
    #expect(summary.groups.count == 3)
    #expect(summary.groupsOmitted == 37)
    #expect(summary.groups[0].bySeverity[2] == 7)
    #expect(summary.groups.dropFirst().allSatisfy { $0.bySeverity == [7, 0, 0] })
    #expect(summary.groups.allSatisfy { $0.examples.count == 1 })
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (48210, "48,210"), (1_234_567, "1,234,567"),
  ])
  func thousandsAreGrouped(_ number: Int, _ text: String) {
    #expect(grouped(number) == text)
    #expect(counted(number, "entry", "entries") == "\(text) entries")
    #expect(counted(1, "entry", "entries") == "1 entry")
  }
}
