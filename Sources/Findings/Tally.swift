/// What is counted of findings, after all that happens to them: the one source of summaries and of
/// the exit status.
public struct Tally: Sendable {
  /// What is counted of one rule's findings.
  private struct OfRule {
    var name: String
    /// That of the worst.
    var severity: Severity
    var count = 0
    /// What they are about, such as a domain.
    var topics: [String: Int] = [:]
  }

  private static let severities = Severity.allCases.count

  /// By severity: those that nobody has decided anything about, and the others.
  private var new = [Int](repeating: 0, count: severities)
  private var settled = [Int](repeating: 0, count: severities)
  private var byRule: [String: OfRule] = [:]
  private var safelyFixable = 0
  private var unsafelyFixable = 0
  private var byStatus: [FindingStatus: Int] = [:]

  /// Nothing counted.
  public init() {}

  /// Counts `findings`.
  public mutating func add(_ findings: [Finding]) {
    // By index, since an element of a loop is a copy, with a count to keep for each of its parts.
    for index in findings.indices {
      let severity = findings[index].severity
      if findings[index].status == .new {
        new[Int(severity.rawValue)] += 1
      } else {
        settled[Int(severity.rawValue)] += 1
        byStatus[findings[index].status, default: 0] += 1
      }
      Self.count(
        findings[index].topic, severity,
        in: &byRule[
          findings[index].rule, default: OfRule(name: findings[index].name, severity: severity)])
      guard let action = findings[index].proposal?.action, action != .none else { continue }
      if findings[index].proposal?.isSafe == true {
        safelyFixable += 1
      } else {
        unsafelyFixable += 1
      }
    }
  }

  // Static, since a method would need a copy of all counts while one of them changes.
  private static func count(_ topic: String?, _ severity: Severity, in rule: inout OfRule) {
    rule.count += 1
    rule.severity = max(rule.severity, severity)
    if let topic { rule.topics[topic, default: 0] += 1 }
  }

  /// Counts what `other` has counted.
  public mutating func add(_ other: Tally) {
    for index in new.indices {
      new[index] += other.new[index]
      settled[index] += other.settled[index]
    }
    byStatus.merge(other.byStatus) { $0 + $1 }
    byRule.merge(other.byRule) { mine, theirs in
      var all = mine
      all.count += theirs.count
      all.severity = max(all.severity, theirs.severity)
      all.topics.merge(theirs.topics) { $0 + $1 }
      return all
    }
    safelyFixable += other.safelyFixable
    unsafelyFixable += other.unsafelyFixable
  }

  /// How many findings have `status`.
  public func count(of status: FindingStatus) -> Int {
    status == .new ? new.reduce(0, +) : byStatus[status] ?? 0
  }

  /// Writes the counts into `summary`.
  public func complete(_ summary: inout RunSummary) {
    summary.bySeverity = zip(new, settled).map { $0 + $1 }
    summary.settledBySeverity = settled
    summary.byRule = byRule.map { rule, counted in
      RunSummary.RuleCount(
        rule: rule, name: counted.name, severity: counted.severity, count: counted.count,
        mostly: Self.mostly(counted))
    }
    .sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
    summary.safelyFixable = safelyFixable
    summary.unsafelyFixable = unsafelyFixable
  }

  /// A topic that at least half of a rule's findings share is worth saying once.
  private static func mostly(_ rule: OfRule) -> String? {
    guard let top = rule.topics.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      top.value > 1, top.value * 2 >= rule.count
    else { return nil }
    return "\(top.key) (\(top.value))"
  }
}
