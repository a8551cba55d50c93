import Bytes
import Checks
import Directory
import Lint
import RulePacks

/// Turns duplicates into removals of what the losers hold, by the keeper policy.
struct DuplicateOrders {
  private let result: LintResult
  private let request: RepairRequest
  private let policy: KeeperPolicy
  private let judge: Judge
  private var context: RunContext { result.context }

  init(_ result: LintResult, request: RepairRequest) {
    self.result = result
    self.request = request
    policy = request.keeper
    judge = Judge(result.context.ruleSet)
    judge.masterAccounts = result.masters
  }

  /// What the losers give up, by position; what is left to a person goes to `left`.
  func orders(_ left: inout [LeftAlone]) -> [Int: [ObjectRepair.Order]] {
    var reader = ObjectReader(context)
    var decided: [Int32: Verdict] = [:]
    var orders: [Int: [ObjectRepair.Order]] = [:]
    for finding in result.findings where finding.group >= 0 {
      let rule = context.ruleSet.rules[Int(finding.rule)]
      let holders = result.groups[Int(finding.group)].holders
      guard let mine = result.groups[Int(finding.group)].holder(at: finding.position) else {
        continue
      }
      guard rule.repairs.contains(where: { $0.kind == .resolveDuplicate }) else { continue }
      if decided[finding.group] == nil { decided[finding.group] = verdict(holders, &reader) }
      guard let verdict = decided[finding.group] else { continue }
      switch decide(mine, verdict, rule: Int(finding.rule), &reader) {
      case .keep: break
      case .order(let order): orders[finding.position, default: []].append(order)
      case .leave(let value, let reason):
        left.append(
          LeftAlone(
            rule: "\(rule.id) \(rule.name)", dn: judge.entry.dn.array,
            attribute: context.ruleSet.table.name(mine.attribute), value: value, reason: reason))
      }
    }
    return orders
  }

  /// Who keeps a group's value.
  private struct Verdict {
    /// The keeper's person; nil when there is no evidence.
    var keeper: Int?
    var keeperDN: [UInt8] = []
    var phrase = ""
  }

  private func verdict(_ holders: [Holder], _ reader: inout ObjectReader) -> Verdict {
    // Evidence of thousands of holders decides nothing: nobody meant to share so widely.
    guard holders.count <= 64 else { return Verdict(keeper: nil) }
    var evidence: [KeeperPolicy.Evidence] = []
    var names: [[UInt8]] = []
    let inScope = holders.filter(\.isInScope)
    for holder in inScope {
      guard reader.read(holder.position, into: judge) else { return Verdict(keeper: nil) }
      names.append(judge.entry.dn.array)
      evidence.append(
        KeeperPolicy.Evidence(
          judge, attribute: holder.attribute, ordinal: holder.ordinal,
          isFirstForest: context.isFirstForest(holder.position)))
    }
    guard let (index, criterion) = policy.keeper(evidence) else { return Verdict(keeper: nil) }
    return Verdict(
      keeper: inScope[index].person, keeperDN: names[index],
      phrase: KeeperPolicy.phrase(criterion))
  }

  private enum Decision {
    case keep
    case order(ObjectRepair.Order)
    case leave([UInt8]?, String)
  }

  private func decide(
    _ mine: Holder, _ verdict: Verdict, rule: Int, _ reader: inout ObjectReader
  ) -> Decision {
    guard verdict.keeper != mine.person else { return .keep }
    guard reader.read(mine.position, into: judge) else { return .leave(nil, "cannot be read") }
    let evidence = KeeperPolicy.Evidence(
      judge, attribute: mine.attribute, ordinal: mine.ordinal,
      isFirstForest: context.isFirstForest(mine.position))
    guard verdict.keeper != nil else {
      return .leave(evidence.value, "no evidence tells which holder keeps it")
    }
    guard mine.attribute == judge.attributes.proxyAddresses else {
      return .leave(
        evidence.value,
        "only a person can take away a \(context.ruleSet.table.name(mine.attribute))")
    }
    if let reason = judge.reasonToLeave(mine.attribute, evidence.value) {
      return .leave(evidence.value, reason)
    }
    let isSafe = !evidence.isPrimary && !evidence.isRecipient
    guard isSafe || request.allowsUnsafe else {
      let why =
        evidence.isPrimary
        ? "it is a primary address" : "the object has a mailbox or an alias, so mail may be missed"
      return .leave(evidence.value, "not safe without --unsafe-fixes: \(why)")
    }
    let keeper = String(decoding: verdict.keeperDN, as: UTF8.self)
    return .order(
      ObjectRepair.Order(
        rule: rule, attribute: mine.attribute, old: evidence.value, new: nil, isSafe: isSafe,
        reason: "\(keeper) keeps the address: it \(verdict.phrase)"))
  }
}
