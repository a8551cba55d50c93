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

  /// What the losers give up, by position; what is left to a person goes to `left`.
  func orders(_ left: inout [LeftAlone]) -> [Int: [ObjectRepair.Order]] {
    var decisions = DuplicateDecisions(result, policy: request.keeper)
    var reader = ObjectReader(result.context)
    let judge = Judge(result.context.ruleSet)
    var orders: [Int: [ObjectRepair.Order]] = [:]
    for finding in result.findings where finding.group >= 0 {
      guard let decision = decisions.decision(on: finding) else { continue }
      let attribute = AttributeID(index: finding.attribute)
      func leave(_ value: [UInt8], _ reason: String) {
        let rule = result.context.ruleSet.rules[Int(finding.rule)]
        guard reader.read(finding.position, into: judge) else { return }
        left.append(
          LeftAlone(
            rule: "\(rule.id) \(rule.name)", dn: judge.entry.dn.array,
            attribute: result.context.ruleSet.table.name(attribute), value: value, reason: reason))
      }
      switch decision {
      case .keep: break
      case .undecided(let value): leave(value, "no evidence tells which holder keeps it")
      case .leave(let value, let reason): leave(value, reason)
      case .remove(let value, _, let caution?) where !request.allowsUnsafe:
        leave(value, "not safe without --unsafe-fixes: \(caution)")
      case .remove(let value, let reason, let caution):
        orders[finding.position, default: []].append(
          ObjectRepair.Order(
            rule: Int(finding.rule), attribute: attribute, old: value, new: nil,
            isSafe: caution == nil, reason: reason))
      }
    }
    return orders
  }
}
