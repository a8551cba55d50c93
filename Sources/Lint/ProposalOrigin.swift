import Checks
import Findings

/// Where findings get their proposals from.
package enum ProposalOrigin: Sendable {
  /// What the rule by itself would do about the value, whatever that means for others: for rules that
  /// are tried alone.
  case rules
  /// What a plan of the whole run does.
  case plan(any PlannedProposals)
  /// Nowhere: nothing is proposed.
  case nothing
}

/// What a plan does about values.
package protocol PlannedProposals: Sendable {
  /// What it does about the value that `record` is about, which is `value`; or, of one that it leaves
  /// alone, why. Nil when it has nothing to say of it.
  func proposal(_ record: FindingRecord, value: [UInt8]?) -> Proposal?
}

extension LintResult {
  /// The same without proposals, which are what a report costs most.
  public func withoutProposals() -> LintResult {
    var result = self
    result.proposals = .nothing
    return result
  }
}
