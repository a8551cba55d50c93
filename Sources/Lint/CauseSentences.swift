import Bytes
import Checks
import Findings
import Rules
import Sync

extension LintResult {
  /// By group, the position of the first of the worst findings.
  static func tellers(
    _ findings: [FindingRecord], groups: Int, _ rules: [Rule]
  ) -> [Int] {
    var tellers = [Int](repeating: -1, count: groups)
    var severities = [Severity?](repeating: nil, count: groups)
    for finding in findings where finding.group >= 0 {
      let severity = finding.severity ?? rules[finding.rule].severity
      if let known = severities[finding.group], known >= severity { continue }
      severities[finding.group] = severity
      tellers[finding.group] = finding.position
    }
    return tellers
  }

  /// `summary` with the sentences that rules have for causes.
  func worded(_ summary: RunSummary) -> RunSummary {
    var summary = summary
    if case .nothing = proposals { summary.proposesRepairs = false }
    guard !summary.causes.isEmpty else { return summary }
    var rules: [String: Rule] = [:]
    for rule in context.ruleSet.rules { rules[rule.id] = rule }
    let domains = ObjectView(context.ruleSet.sync).domains
    let knowsVerified = !context.ruleSet.settings.tenant.verifiedDomains.isEmpty
    for index in summary.causes.indices {
      let cause = summary.causes[index].cause
      if cause.kind == .suffix || cause.kind == .domain {
        let facts = cause.value.withByteView { domains.facts($0) }
        summary.causes[index].isDomainRoutable =
          knowsVerified && facts.isSuperset(of: [.isRoutable, .isWellFormed])
          && facts.isDisjoint(with: [.isReserved, .isVerified])
      }
      guard let rule = rules[summary.causes[index].rule] else { continue }
      summary.causes[index].sentence = Self.sentence(summary.causes[index], rule)
    }
    return summary
  }

  /// What is said of a cause: its finding's own message where it has one finding, the rule's sentence
  /// where that has a value for each of its placeholders, else what the rule is about.
  private static func sentence(_ cause: CauseCount, _ rule: Rule) -> String {
    if cause.findings == 1, let only = cause.examples.first { return only.message }
    guard let spec = rule.cause, spec.kind == cause.cause.kind, spec.kind != .group else {
      return rule.summary
    }
    return spec.text.pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .placeholder(.count): grouped(cause.findings)
      case .placeholder: cause.cause.value
      }
    }.joined()
  }
}
