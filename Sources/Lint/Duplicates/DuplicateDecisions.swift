import Checks
import Directory
import RulePacks

/// Decides for holders of a duplicate who keeps it, by the keeper policy.
package struct DuplicateDecisions {
  /// What is to become of one holder's value.
  package enum Decision {
    /// It stays: what tells.
    case keep(KeeperPolicy.Criterion)
    /// It goes; `caution` says what somebody may notice, nil where nobody would.
    case remove([UInt8], reason: String, caution: String?)
    /// Nothing tells who keeps it.
    case undecided([UInt8])
    /// Another keeps it, and only a person can take it from this one: why.
    case leave([UInt8], String)
  }

  /// Who keeps a group's value.
  private struct Verdict {
    /// The keeper's person; nil when there is no evidence.
    var keeper: Int?
    var keeperDN: [UInt8] = []
    var criterion = KeeperPolicy.Criterion.primary
  }

  private let result: LintResult
  private let policy: KeeperPolicy
  private let judge: Judge
  private var reader: ObjectReader
  private var verdicts: [Int32: Verdict] = [:]

  /// Decides about what `result` found.
  package init(_ result: LintResult, policy: KeeperPolicy) {
    self.result = result
    self.policy = policy
    judge = Judge(result.context.ruleSet)
    judge.masterAccounts = result.masters
    reader = ObjectReader(result.context)
  }

  /// What is to become of the value that `finding` is about; nil when its rule knows no keeper.
  package mutating func decision(on finding: FindingRecord) -> Decision? {
    guard finding.group >= 0,
      result.context.ruleSet.rules[Int(finding.rule)].repairs
        .contains(where: { $0.kind == .resolveDuplicate }),
      let mine = result.groups[Int(finding.group)].holder(at: finding.position)
    else { return nil }
    let verdict = verdicts[finding.group] ?? verdict(result.groups[Int(finding.group)].holders)
    verdicts[finding.group] = verdict
    return decide(mine, verdict)
  }

  private mutating func verdict(_ holders: [Holder]) -> Verdict {
    // Evidence of thousands of holders decides nothing: nobody meant to share so widely.
    guard holders.count <= 64 else { return Verdict(keeper: nil) }
    var evidence: [KeeperPolicy.Evidence] = []
    var names: [[UInt8]] = []
    let inScope = holders.filter(\.isInScope)
    for holder in inScope {
      guard let found = self.evidence(holder) else { return Verdict(keeper: nil) }
      names.append(judge.entry.dn.array)
      evidence.append(found)
    }
    guard let (index, criterion) = policy.keeper(evidence) else { return Verdict(keeper: nil) }
    return Verdict(keeper: inScope[index].person, keeperDN: names[index], criterion: criterion)
  }

  private mutating func evidence(_ holder: Holder) -> KeeperPolicy.Evidence? {
    guard reader.read(holder.position, into: judge) else { return nil }
    return KeeperPolicy.Evidence(
      judge, attribute: holder.attribute, ordinal: holder.ordinal,
      isFirstForest: result.context.isFirstForest(holder.position))
  }

  private mutating func decide(_ mine: Holder, _ verdict: Verdict) -> Decision {
    if verdict.keeper == mine.person { return .keep(verdict.criterion) }
    guard let evidence = evidence(mine) else { return .leave([], "the object cannot be read") }
    guard verdict.keeper != nil else { return .undecided(evidence.value) }
    guard mine.attribute == judge.attributes.proxyAddresses else {
      let name = result.context.ruleSet.table.name(mine.attribute)
      return .leave(evidence.value, "only a person can take away a \(name)")
    }
    if let reason = judge.reasonToLeave(mine.attribute, evidence.value) {
      return .leave(evidence.value, reason)
    }
    let keeper = String(decoding: verdict.keeperDN, as: UTF8.self)
    return .remove(
      evidence.value,
      reason: "\(keeper) keeps the address: it \(KeeperPolicy.phrase(verdict.criterion))",
      caution: evidence.isPrimary
        ? "it is a primary address"
        : evidence.isRecipient
          ? "the object has a mailbox or an alias, so mail may be missed" : nil)
  }
}
