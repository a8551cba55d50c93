import Findings

/// Fills in what a plan proposes, where a report of decisions is to be read back: safe repairs, and
/// others where those were asked for.
public struct FilledDecisions: FindingStage {
  private let request: RepairRequest

  /// Fills in what `request` allows.
  public init(request: RepairRequest) { self.request = request }

  /// Says of each finding what is filled in.
  public func pass(_ findings: inout [Finding]) {
    for index in findings.indices {
      guard let proposal = findings[index].proposal, proposal.isSafe || request.allowsUnsafe,
        proposal.action == .edit || proposal.action == .remove
      else { continue }
      findings[index].annotations.decision = Decision(
        action: proposal.action, value: proposal.value)
    }
  }
}
