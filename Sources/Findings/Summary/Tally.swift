/// What is counted of findings, after all that happens to them: the one source of summaries and of
/// the exit status.
public struct Tally: Sendable {
  private static let severities = Severity.allCases.count

  /// By severity: those that nobody has decided anything about, and the others.
  private var new = [Int](repeating: 0, count: severities)
  private var settled = [Int](repeating: 0, count: severities)
  private var byStatus: [FindingStatus: Int] = [:]
  private var byRule: [String: RuleCount] = [:]
  private var consequences = ConsequenceTally()
  private var whom = Whom()
  private var safelyFixable = 0
  private var unsafelyFixable = 0
  private var leftToPeople = 0
  private var causes: CauseTally?
  private var groups: GroupTally?

  /// Nothing counted, but to be counted in the shape that is wanted.
  public init(_ shape: TallyShape = TallyShape()) {
    if shape.countsCauses { causes = CauseTally(shape) }
    if shape.grouping != nil { groups = GroupTally(shape) }
  }

  /// Counts one object's findings, in their order.
  public mutating func add(_ findings: [Finding]) {
    guard let first = findings.first else { return }
    whom.add(first)
    consequences.add(findings)
    groups?.add(findings)
    // By index, since an element of a loop is a copy, with a count to keep for each of its parts.
    for index in findings.indices {
      let severity = Int(findings[index].severity.rawValue)
      if findings[index].status == .new {
        new[severity] += 1
      } else {
        settled[severity] += 1
        byStatus[findings[index].status, default: 0] += 1
      }
      // An object's findings of a rule stand together.
      let isFirst = index == 0 || findings[index].rule != findings[index - 1].rule
      Self.count(
        findings[index], isFirst,
        in: &byRule[findings[index].rule, default: RuleCount(findings[index])])
      switch findings[index].proposal?.repair {
      case .safe: safelyFixable += 1
      case .unsafe: unsafelyFixable += 1
      case nil: if findings[index].role != .keeper { leftToPeople += 1 }
      }
      causes?.add(findings[index])
    }
  }

  // Static, since a method would need a copy of all counts while one of them changes.
  private static func count(_ finding: Finding, _ isFirst: Bool, in rule: inout RuleCount) {
    rule.count += 1
    if isFirst { rule.objects += 1 }
    rule.severity = max(rule.severity, finding.severity)
    rule.consequence = max(rule.consequence, finding.weight)
  }

  /// Counts what `other` has counted, of objects that come after.
  public mutating func add(_ other: Tally) {
    for index in new.indices {
      new[index] += other.new[index]
      settled[index] += other.settled[index]
    }
    byStatus.merge(other.byStatus) { $0 + $1 }
    byRule.merge(other.byRule) { mine, theirs in
      var all = mine
      all.count += theirs.count
      all.objects += theirs.objects
      all.severity = max(all.severity, theirs.severity)
      all.consequence = max(all.consequence, theirs.consequence)
      return all
    }
    consequences.add(other.consequences)
    whom.add(other.whom)
    safelyFixable += other.safelyFixable
    unsafelyFixable += other.unsafelyFixable
    leftToPeople += other.leftToPeople
    if let theirs = other.causes { causes?.add(theirs) }
    if let theirs = other.groups { groups?.add(theirs) }
  }

  /// How many findings have `status`.
  public func count(of status: FindingStatus) -> Int {
    status == .new ? new.reduce(0, +) : byStatus[status] ?? 0
  }

  /// Writes the counts into `summary`.
  public func complete(_ summary: inout RunSummary) {
    summary.bySeverity = zip(new, settled).map { $0 + $1 }
    summary.settledBySeverity = settled
    summary.byRule = byRule.values.sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
    summary.byConsequence = consequences.counts
    summary.whom = whom
    summary.safelyFixable = safelyFixable
    summary.unsafelyFixable = unsafelyFixable
    summary.leftToPeople = leftToPeople
    if let causes { summary.causes = causes.ranked }
    groups?.complete(&summary)
  }
}

extension RuleCount {
  /// The rule of `finding`, of which nothing has been counted.
  fileprivate init(_ finding: Finding) {
    self.init(
      rule: finding.rule, name: finding.name, severity: finding.severity,
      consequence: finding.weight, count: 0, objects: 0)
  }
}

/// Counts objects and findings by what would happen.
private struct ConsequenceTally: Sendable {
  private struct Counted {
    var whom = Whom()
    var findings = 0
    var rules: [String: Int] = [:]
  }

  private var counted: [Consequence: Counted] = [:]

  /// Counts one object's findings: the object once for each consequence.
  mutating func add(_ findings: [Finding]) {
    var met: Set<Consequence> = []
    for index in findings.indices {
      let weight = findings[index].weight
      Self.count(
        findings[index], met.insert(weight).inserted, in: &counted[weight, default: Counted()])
    }
  }

  private static func count(_ finding: Finding, _ isFirst: Bool, in counted: inout Counted) {
    if isFirst { counted.whom.add(finding) }
    counted.findings += 1
    counted.rules[finding.rule, default: 0] += 1
  }

  /// Counts what `other` has counted.
  mutating func add(_ other: ConsequenceTally) {
    for (consequence, theirs) in other.counted {
      counted[consequence, default: Counted()].whom.add(theirs.whom)
      counted[consequence, default: Counted()].findings += theirs.findings
      counted[consequence, default: Counted()].rules.merge(theirs.rules) { $0 + $1 }
    }
  }

  /// The counts, worst first.
  var counts: [ConsequenceCount] {
    counted.sorted { $0.key > $1.key }.map { consequence, counted in
      ConsequenceCount(
        consequence: consequence, whom: counted.whom, findings: counted.findings,
        rules: counted.rules.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          .map { (rule: $0.key, count: $0.value) })
    }
  }
}
