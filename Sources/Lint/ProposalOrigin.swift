import Checks
import Directory
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

  /// All that it does about the object at `position`.
  func changes(at position: Int) -> [PlannedChange]
}

/// What a plan does about one value.
package struct PlannedChange: Sendable {
  /// The attribute's place in the table of attributes.
  package var attribute: AttributeID
  /// The value as it is; nil where one is added.
  package var old: [UInt8]?
  /// The rule whose repair comes to it first, by index.
  package var rule: Int
  /// What becomes of it.
  package var proposal: Proposal

  /// A change with its parts.
  package init(attribute: AttributeID, old: [UInt8]?, rule: Int, proposal: Proposal) {
    self.attribute = attribute
    self.old = old
    self.rule = rule
    self.proposal = proposal
  }
}

extension LintResult {
  /// The same without proposals, which are what a report costs most.
  public func withoutProposals() -> LintResult {
    var result = self
    result.proposals = .nothing
    return result
  }
}
