import Checks
import Directory
import Lint

/// Turns duplicates into removals of what the losers hold.
struct DuplicateOrders {
  private let result: LintResult
  private let request: RepairRequest

  init(_ result: LintResult, request: RepairRequest) {
    self.result = result
    self.request = request
  }

  /// What came of some findings.
  private struct Part: Sendable {
    var orders: [(position: Int, order: ObjectRepair.Step)] = []
    var left: [LeftReason] = []
  }

  /// What the losers give up, by position; what is left to a person goes to `left`.
  func orders(_ left: inout [LeftReason]) -> [Int: [ObjectRepair.Step]] {
    let parts = Workers.map(
      result.findings.count, blockSize: 4096, threads: result.context.options.threads
    ) {
      Work(result, request)
    } block: { work, range in
      work.part = Part()
      for finding in result.findings[range] where finding.group >= 0 { work.take(finding) }
      return work.part
    }
    var orders: [Int: [ObjectRepair.Step]] = [:]
    for part in parts {
      left += part.left
      for (position, order) in part.orders { orders[position, default: []].append(order) }
    }
    return orders
  }

  /// One thread's work.
  private struct Work {
    private let result: LintResult
    private let request: RepairRequest
    private var decisions: DuplicateDecisions
    var part = Part()

    init(_ result: LintResult, _ request: RepairRequest) {
      self.result = result
      self.request = request
      decisions = DuplicateDecisions(result)
    }

    mutating func take(_ finding: FindingRecord) {
      guard let decision = decisions.decision(on: finding) else { return }
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
        part.orders.append((finding.position, order))
      }
    }

    private mutating func leave(_ finding: FindingRecord, _ value: [UInt8], _ reason: String) {
      let place = LeftReason.Place(
        position: finding.position, rule: finding.rule, attribute: finding.attribute, value: value)
      part.left.append(LeftReason(place: place, reason: reason))
    }
  }
}
