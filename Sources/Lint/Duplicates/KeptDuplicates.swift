import Checks
import Findings
import Rules

extension LintResult {
  /// The numbers of those that fired on objects which keep what others lose: nobody would notice anything.
  func keptDuplicates() -> [Int] {
    let rules = context.ruleSet.rules
    // While a plan is tried, it is which rules fire that counts.
    guard context.changed.isEmpty else { return [] }
    let isOpen = rules.map { !$0.hasSetSeverity && DuplicateDecisions.knowsKeeper($0) }
    let open = fired.indices.filter { fired[$0].group >= 0 && isOpen[fired[$0].rule] }
    let kept = Workers.map(open.count, blockSize: 512, threads: context.options.threads) {
      DuplicateDecisions(self)
    } block: { decisions, range in
      open[range].map { decisions.isKept(fired[$0]) }
    }
    return zip(open, kept.joined()).filter(\.1).map(\.0)
  }
}
