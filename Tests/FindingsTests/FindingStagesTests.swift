import Findings
import Synchronization
import Testing

@Suite struct FindingStagesTests {
  /// Writes its name behind those of the stages before it.
  struct Mark: FindingStage {
    var name: String

    func pass(_ findings: inout [Finding]) {
      for index in findings.indices { findings[index].evidence.append(name) }
    }

    func pass(_ summary: inout RunSummary) {
      summary.problems.append(Problem(kind: .note, message: name))
    }
  }

  /// Says that a finding is excepted, known, or neither.
  struct Verdict: FindingStage {
    var statuses: [String: FindingStatus]

    func pass(_ findings: inout [Finding]) {
      for index in findings.indices {
        if let status = statuses[findings[index].fingerprint] { findings[index].status = status }
      }
    }
  }

  static func finding(
    _ rule: String, _ severity: Severity, cause: String? = nil,
    proposal: (Proposal.Action, Bool)? = nil
  ) -> Finding {
    var finding = Finding(
      rule: rule, name: rule.lowercased(), severity: severity, source: "s", dn: [],
      objectClass: "user", message: "")
    finding.cause = cause.map { Cause(kind: .domain, value: $0) }
    finding.proposal = proposal.map {
      Proposal(action: $0.0, value: nil, isSafe: $0.1, reason: "")
    }
    return finding
  }

  @Test func theOrderIsThatOfTheDocument() {
    var stages = FindingStages()
    // Set in another order than they have.
    stages.redaction = Mark(name: "redaction")
    stages.proposals = Mark(name: "proposals")
    stages.exceptions = Mark(name: "exceptions")
    stages.baseline = Mark(name: "baseline")
    var objects = [[Self.finding("UPN001", .error)], [Self.finding("UPN002", .info)]]
    let tally = stages.pass(&objects)
    let order = ["exceptions", "baseline", "proposals", "redaction"]
    #expect(objects.map { $0.map(\.evidence) } == [[order], [order]])
    let summary = stages.summary(RunSummary(), tally)
    #expect(summary.problems.map(\.message) == order)
  }

  @Test func withoutStagesNothingChanges() {
    var objects = [[Self.finding("UPN001", .error)]]
    let tally = FindingStages().pass(&objects)
    #expect(objects[0][0].evidence == [])
    #expect(FindingStages().summary(RunSummary(), tally).findings == 1)
  }

  /// What is excepted is in no baseline: it stays excepted in whatever baseline.
  @Test func countsAreThoseOfWhatComesOut() {
    var stages = FindingStages()
    stages.exceptions = Verdict(statuses: ["a": .excepted])
    stages.baseline = Verdict(statuses: ["b": .known])
    var findings = [
      Self.finding("UPN001", .error), Self.finding("UPN001", .error),
      Self.finding("UPN001", .error),
      Self.finding("MAIL001", .warning),
    ]
    for (index, name) in ["a", "b", "c", "d"].enumerated() { findings[index].fingerprint = name }
    var objects = [findings]
    let tally = stages.pass(&objects)
    #expect(tally.count(of: .new) == 2)
    #expect(tally.count(of: .known) == 1)
    #expect(tally.count(of: .excepted) == 1)
    let summary = stages.summary(RunSummary(), tally)
    #expect(summary.findings == 4)
    #expect(summary.bySeverity == [0, 1, 3])
    #expect(Severity.allCases.map { summary.count(atLeast: $0) } == [2, 2, 1])
  }
}

@Suite struct TallyTests {
  @Test func everythingIsCountedOnce() {
    let findings = [
      FindingStagesTests.finding("UPN006", .error, cause: "corp.local", proposal: (.edit, true)),
      FindingStagesTests.finding("UPN006", .error, cause: "corp.local", proposal: (.edit, false)),
      FindingStagesTests.finding("UPN006", .warning, cause: "lab.local", proposal: (.none, false)),
      FindingStagesTests.finding("NAME001", .info, proposal: (.remove, true)),
    ]
    var whole = Tally()
    whole.add(findings)
    // Counted in parts, in another order, it is the same.
    var parts = Tally()
    for finding in findings.reversed() {
      var one = Tally()
      one.add([finding])
      parts.add(one)
    }
    for tally in [whole, parts] {
      var summary = RunSummary()
      tally.complete(&summary)
      #expect(summary.bySeverity == [1, 1, 2])
      #expect(summary.safelyFixable == 2)
      #expect(summary.unsafelyFixable == 1)
      #expect(summary.byRule.map(\.rule) == ["UPN006", "NAME001"])
      #expect(summary.byRule.map(\.count) == [3, 1])
      #expect(summary.byRule.map(\.severity) == [.error, .info])
    }
  }
}
