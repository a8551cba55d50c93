import Checks
import Directory
import Lint

/// Turns duplicates into removals of what the losers hold.
struct DuplicateOrders {
  private let result: LintResult
  private let request: RepairRequest
  private let memory: DuplicateMemory
  /// What the losers give up, by position.
  private(set) var orders: [Int: [ObjectRepair.Step]] = [:]
  /// What is left to a person.
  private(set) var left: [LeftReason] = []

  /// Orders for the duplicates in `result`.
  init(_ result: LintResult, request: RepairRequest, memory: DuplicateMemory) {
    self.result = result
    self.request = request
    self.memory = memory
    let findings = result.findings.filter { $0.group >= 0 }
    for (finding, decision) in zip(findings, decisions(on: findings)) {
      if let decision { take(finding, decision) }
    }
  }

  private func decisions(on findings: [FindingRecord]) -> [DuplicateDecisions.Decision?] {
    let result = result
    let known = findings.map { memory.known($0, in: result) }
    let open = known.indices.filter { known[$0]?.known == nil }
    guard !open.isEmpty else { return known.map { $0?.known?.decision } }
    let parts = Workers.map(
      open.count, blockSize: 1024, threads: result.context.options.threads
    ) {
      DuplicateDecisions(result)
    } block: { decisions, range in
      open[range].map { decisions.decision(on: findings[$0]) }
    }
    var decisions = known.map { $0?.known?.decision }
    for (index, decision) in zip(open, parts.joined()) {
      decisions[index] = decision
      if let key = known[index]?.key {
        memory.add(decision, on: findings[index], as: key, in: result)
      }
    }
    return decisions
  }

  private mutating func take(
    _ finding: FindingRecord, _ decision: DuplicateDecisions.Decision
  ) {
    switch decision {
    case .keep: break
    case .undecided(let value):
      leave(finding, value, "no evidence tells which holder keeps it")
    case .leave(let value, let reason): leave(finding, value, reason)
    case .remove(let value, _, let caution?) where !request.allowsUnsafe:
      leave(finding, value, "not safe without --unsafe-fixes: \(caution)")
    case .remove(let value, let reason, let caution):
      let order = ObjectRepair.Step(
        rule: finding.rule,
        edit: AttributeEdit(finding.attribute, ValueEdit(old: value)),
        isSafe: caution == nil, reason: reason)
      orders[finding.position, default: []].append(order)
    }
  }

  private mutating func leave(_ finding: FindingRecord, _ value: [UInt8], _ reason: String) {
    let place = LeftReason.Place(
      position: finding.position, rule: finding.rule, attribute: finding.attribute, value: value)
    left.append(LeftReason(place: place, reason: reason))
  }
}
