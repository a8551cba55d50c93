import Findings

/// Fills in what a plan proposes, where a report of decisions is to be read back: safe repairs, and
/// others where those were asked for.
public struct FilledDecisions: FindingStage {
  private let request: RepairRequest

  /// Fills in what `request` allows.
  public init(request: RepairRequest) { self.request = request }

  /// Says of each finding, and of what else the plan changes, what is filled in.
  public func pass(_ findings: inout [Finding]) {
    for index in findings.indices {
      fill(&findings[index])
      for place in findings[index].annotations.followers.indices {
        fill(&findings[index].annotations.followers[place])
      }
    }
  }

  private func fill(_ finding: inout Finding) {
    guard let proposal = finding.proposal, proposal.isSafe || request.allowsUnsafe,
      proposal.action != .none
    else { return }
    finding.annotations.decision = Decision(action: proposal.action, value: proposal.value)
  }
}
