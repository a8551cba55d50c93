import Checks
import Findings
import Rules

extension LintResult {
  /// What fired, with findings on those that keep what others lose as what nobody would notice.
  func keepersLowered() -> [FindingRecord] {
    let rules = context.ruleSet.rules
    // While a plan is tried, it is which rules fire that counts.
    guard context.changed.isEmpty else { return fired }
    let isOpen = rules.map { !$0.hasSetSeverity && DuplicateDecisions.knowsKeeper($0) }
    let open = fired.indices.filter { fired[$0].group >= 0 && isOpen[fired[$0].rule] }
    let kept = Workers.map(open.count, blockSize: 512, threads: context.options.threads) {
      DuplicateDecisions(self)
    } block: { decisions, range in
      open[range].map { decisions.isKept(fired[$0]) }
    }
    var lowered = fired
    for (index, isKept) in zip(open, kept.joined()) where isKept { lowered[index].severity = .info }
    return lowered
  }
}
