import Checks
import Directory
import Findings
import Rules

/// Decides for holders of a duplicate who keeps it, by the keeper policy.
package struct DuplicateDecisions {
  /// What is to become of one holder's value.
  package enum Decision: Sendable {
    /// It stays: what tells.
    case keep(KeeperPolicy.Criterion)
    /// It goes; `caution` says what its owner may notice, nil where there is nothing to notice.
    case remove([UInt8], reason: String, caution: String?)
    /// Nothing tells who keeps it.
    case undecided([UInt8])
    /// Another keeps it, and only a person can take it from this one: why.
    case leave([UInt8], String)

    /// What the holder is.
    var role: HolderRole {
      switch self {
      case .keep: .keeper
      case .remove, .leave: .loser
      case .undecided: .undecided
      }
    }
  }

  /// Who keeps a group's value.
  private struct Verdict {
    /// The keeper's person; nil when there is no evidence.
    var keeper: Int?
    var keeperDN: [UInt8] = []
    /// Whether the keeper's account, or another of the same person, is enabled.
    var isKeeperEnabled = false
    var criterion = KeeperPolicy.Criterion.primary
    /// The holders in scope and what speaks for each, where it has been looked at.
    var seen: [(holder: Holder, evidence: KeeperPolicy.Evidence)] = []

    func evidence(of holder: Holder) -> KeeperPolicy.Evidence? {
      seen.first { $0.holder.position == holder.position }?.evidence
    }
  }

  /// Groups whose verdicts are kept: their holders mostly lie near each other.
  private static let knownVerdicts = 4096

  private let result: LintResult
  private let policy: KeeperPolicy
  private let examiners: Examiners
  private var verdicts: [Int: Verdict] = [:]

  /// Decides about what `result` found, by the policy of its run.
  package init(_ result: LintResult) { self.init(result, Examiners(result)) }

  /// The same, by `examiners` that look at other objects as well.
  init(_ result: LintResult, _ examiners: Examiners) {
    self.result = result
    policy = result.context.options.keeper
    self.examiners = examiners
  }

  /// What is to become of the value that `finding` is about; nil when its rule knows no keeper.
  package mutating func decision(on finding: FindingRecord) -> Decision? {
    verdict(on: finding).map { decide($0.mine, $0.verdict) }
  }

  /// Whether the object of `finding` keeps the value.
  mutating func isKept(_ finding: FindingRecord) -> Bool {
    verdict(on: finding).map { $0.verdict.keeper == $0.mine.person } ?? false
  }

  /// What becomes of the value of each holder of a group.
  struct Roles {
    /// The person that keeps it; nil when nothing tells.
    fileprivate var keeper: Int?

    /// What becomes of that of `holder`.
    func role(of holder: Holder) -> HolderRole {
      keeper.map { $0 == holder.person ? .keeper : .loser } ?? .undecided
    }
  }

  /// What becomes of the values in the group that `finding` is about; nil when its rule knows no keeper.
  mutating func roles(in finding: FindingRecord) -> Roles? {
    verdict(on: finding).map { Roles(keeper: $0.verdict.keeper) }
  }

  private mutating func verdict(on finding: FindingRecord) -> (mine: Holder, verdict: Verdict)? {
    guard finding.group >= 0, Self.knowsKeeper(result.context.ruleSet.rules[finding.rule]),
      let mine = result.groups[finding.group].holder(at: finding.position)
    else { return nil }
    if let known = verdicts[finding.group] { return (mine, known) }
    let verdict = verdict(result.groups[finding.group].holders)
    if verdicts.count >= Self.knownVerdicts { verdicts = [:] }
    verdicts[finding.group] = verdict
    return (mine, verdict)
  }

  /// Whether `rule` says who keeps a value.
  static func knowsKeeper(_ rule: Rule) -> Bool {
    rule.comparesComputedNames || rule.repairs.contains { $0.kind == .resolveDuplicate }
  }

  private mutating func verdict(_ holders: [Holder]) -> Verdict {
    // Evidence of thousands of holders decides nothing: an address is not shared so widely on purpose.
    guard holders.count <= 64 else { return Verdict(keeper: nil) }
    var verdict = Verdict()
    var names: [[UInt8]] = []
    for holder in holders where holder.isInScope {
      guard let examiner = examiners.examiner(at: holder.position) else { return verdict }
      names.append(examiner.entry.dn.array)
      verdict.seen.append((holder, evidence(holder, examiner)))
    }
    guard let (index, criterion) = policy.keeper(verdict.seen.map(\.evidence)) else {
      return verdict
    }
    verdict.keeper = verdict.seen[index].holder.person
    verdict.keeperDN = names[index]
    verdict.isKeeperEnabled = verdict.seen.contains {
      $0.holder.person == verdict.keeper && $0.evidence.isEnabled
    }
    verdict.criterion = criterion
    return verdict
  }

  private func evidence(_ holder: Holder, _ examiner: Examiner) -> KeeperPolicy.Evidence {
    KeeperPolicy.Evidence(
      examiner.view, attribute: holder.attribute, ordinal: holder.ordinal,
      isFirstForest: result.context.isFirstForest(holder.position))
  }

  private static let unreadable = Decision.leave([], "the object cannot be read")

  private mutating func decide(_ mine: Holder, _ verdict: Verdict) -> Decision {
    if verdict.keeper == mine.person { return .keep(verdict.criterion) }
    let attributes = result.context.ruleSet.sync.attributes
    guard verdict.keeper != nil, mine.attribute == attributes.proxyAddresses else {
      let known =
        verdict.evidence(of: mine)
        ?? examiners.examiner(at: mine.position).map { evidence(mine, $0) }
      guard let value = known?.value else { return Self.unreadable }
      guard verdict.keeper != nil else { return .undecided(value) }
      let name = result.context.ruleSet.table.name(mine.attribute)
      return .leave(value, "only a person can take away a \(name)")
    }
    // The evaluator is asked about the object: it must hold this one.
    guard let examiner = examiners.examiner(at: mine.position) else { return Self.unreadable }
    let own = evidence(mine, examiner)
    if let reason = examiner.evaluator.reasonToLeave(mine.attribute, own.value) {
      return .leave(own.value, reason)
    }
    let keeper = String(decoding: verdict.keeperDN, as: UTF8.self)
    return .remove(
      own.value,
      reason: "\(keeper) keeps the address: it \(KeeperPolicy.phrase(verdict.criterion))",
      caution: Self.caution(own, verdict))
  }

  /// What the owner of an address that goes may notice.
  private static func caution(_ own: KeeperPolicy.Evidence, _ verdict: Verdict) -> String? {
    if own.isPrimary { return "it is a primary address" }
    if own.isEnabled, !verdict.isKeeperEnabled {
      return "the object is enabled, and the one that would keep the address is not"
    }
    return own.isRecipient ? "the object has a mailbox or an alias, so mail may be missed" : nil
  }
}
