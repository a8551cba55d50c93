import Bytes
import Checks
import Directory
import Findings
import Rules
import Sync

/// Reads objects with findings again and says what is to be said of them. One per thread.
struct Explainer {
  private let result: LintResult
  private let examiner: Examiner
  /// Other holders are read beside the object at hand.
  private let examiners: Examiners
  /// What was found out about the holders of groups, which several findings list.
  private var known = ShownGroups()
  private var duplicates: DuplicateDecisions
  /// Attributes of which findings carry the object's values.
  private let concealed: [AttributeID]
  /// Whether the predicted sign-in name is made of one of them.
  private let concealsSignInName: Bool

  init(_ result: LintResult) {
    self.result = result
    let chosen = AttributeNameSet(Schema.spellings(result.context.options.concealed))
    concealed = result.context.ruleSet.table.names.enumerated()
      .filter { chosen.contains($0.element) || SecretAttributes.contains($0.element) }
      .map { AttributeID(index: UInt16($0.offset)) }
    concealsSignInName = [
      "userPrincipalName", "mailNickname", "sAMAccountName", "mail",
    ].contains { chosen.contains($0) }
    examiners = Examiners(result)
    duplicates = DuplicateDecisions(result, examiners)
    examiner = result.examiner()
  }

  /// The findings in `range`, by object.
  mutating func objects(_ range: Range<Int>) -> [[Finding]] {
    var objects: [[Finding]] = []
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start + 1
      while end < range.upperBound,
        result.findings[end].position == result.findings[start].position
      {
        end += 1
      }
      let findings = object(start..<end)
      if !findings.isEmpty { objects.append(findings) }
      start = end
    }
    return objects
  }

  private mutating func object(_ range: Range<Int>) -> [Finding] {
    let position = result.findings[range.lowerBound].position
    let hasGroups = range.contains { result.findings[$0].group >= 0 }
    let related = hasGroups ? range.map { others(of: result.findings[$0]) } : []
    let decisions = hasGroups ? range.map { duplicates.decision(on: result.findings[$0]) } : []
    let toldAt =
      hasGroups && result.context.options.tellsCauses
      ? range.map { teller(of: result.findings[$0]) } : []
    let start = line(range)
    // An object that can no longer be read has been reported when its source was.
    guard examiner.read(position) else { return [] }
    let source = result.context.map.locate(position).source
    // Of the DN: comments may stand above it.
    let line = start.map {
      result.context.sources[source].places.line(of: $0 + examiner.entry.placeOfName.line)
    }
    let builder = FindingBuilder(
      examiner.evaluator, namesValues: result.context.options.namesValues,
      tellsCauses: result.context.options.tellsCauses)
    let object = builder.object(
      examiner.view.objectClass(in: result.checks[source].kind),
      source: result.context.sources[source].name, line: line)
    var values = concealed.flatMap { examiner.entry.values($0).map(\.array) }
    if concealsSignInName { values.append(Array(SignInName(examiner.view).predicted.utf8)) }
    var findings = range.map { index in
      let (list, omitted) = hasGroups ? related[index - range.lowerBound] : ([], 0)
      var finding = builder.finding(
        result.findings[index], of: object, related: list, omitted: omitted, proposing: proposing)
      let decision = hasGroups ? decisions[index - range.lowerBound] : nil
      finding.role = decision?.role
      if decision?.role == .keeper { finding.consequence = .tidy }
      finding.proposal = proposal(result.findings[index], finding, decision)
      finding.annotations.concealed = values
      if !toldAt.isEmpty { finding.annotations.toldAt = toldAt[index - range.lowerBound] }
      return finding
    }
    if case .plan(let plan) = result.proposals {
      findings[0].annotations.followers = followers(
        plan.changes(at: position), of: findings, object, builder)
    }
    return findings
  }

  /// Those of an object's `changes` that none of its `findings` proposes.
  private func followers(
    _ changes: [PlannedChange], of findings: [Finding], _ object: FindingBuilder.ObjectPart,
    _ builder: FindingBuilder
  ) -> [Finding] {
    changes.compactMap { change in
      let attribute = result.context.ruleSet.table.name(change.attribute)
      let isProposed = findings.contains {
        $0.attribute == attribute && ($0.proposal?.target ?? $0.value) == change.old
          && $0.proposal?.value == change.proposal.value
          && $0.proposal?.action != Proposal.Action.none
      }
      guard !isProposed else { return nil }
      let rule = result.context.ruleSet.rules[change.rule]
      var finding = Finding(
        rule: rule.id, name: rule.name, severity: .info, source: findings[0].source,
        dn: findings[0].dn, objectClass: findings[0].objectClass,
        message: "No rule finds fault with it: it changes together with other values of the object."
      )
      finding.attribute = attribute
      finding.value = change.old
      finding.proposal = change.proposal
      if let key = builder.valueKey(of: object, change.attribute, change.old) {
        finding.valueKey = key
      }
      return finding
    }
  }

  /// What findings propose by themselves.
  private var proposing: Bool? {
    switch result.proposals {
    case .nothing: nil
    case .rules: true
    case .plan: false
    }
  }

  /// What is proposed about `finding`, which stands for `record` and has what its rule proposes.
  private func proposal(
    _ record: FindingRecord, _ finding: Finding, _ decision: DuplicateDecisions.Decision?
  ) -> Proposal? {
    let decided = decision.flatMap(Self.proposal)
    switch result.proposals {
    case .nothing: return nil
    case .rules: return decided ?? finding.proposal
    case .plan(let plan):
      let planned = plan.proposal(record, value: finding.value)
      if let planned, planned.action != .none { return planned }
      if let decided, decided.action == .none { return decided }
      return planned ?? finding.proposal
    }
  }

  /// The first line of the record of the object that the findings in `range` are about.
  private mutating func line(_ range: Range<Int>) -> Int? {
    for index in range where result.findings[index].line > 0 {
      return Int(result.findings[index].line)
    }
    return examiner.line(result.findings[range.lowerBound].position, result.lines)
  }

  /// What the keeper policy makes of a duplicate; nil where the rule's own words are better.
  private static func proposal(_ decision: DuplicateDecisions.Decision) -> Proposal? {
    func nothing(_ reason: String) -> Proposal {
      Proposal(action: .none, value: nil, isSafe: false, reason: reason)
    }
    switch decision {
    case .undecided: return nil
    case .keep(let criterion):
      return nothing(
        "Nothing is to be done here: this object keeps the address, because it \(KeeperPolicy.phrase(criterion))."
      )
    case .leave(_, let reason):
      return nothing(reason.prefix(1).uppercased() + reason.dropFirst() + ".")
    case .remove(_, let reason, let caution):
      return Proposal(
        action: .remove, value: nil, isSafe: caution == nil,
        reason: caution.map { "\(reason); \($0)." } ?? "\(reason).")
    }
  }

  // MARK: Other holders

  private mutating func others(of record: FindingRecord) -> ([Finding.Related], Int) {
    guard record.group >= 0 else { return ([], 0) }
    guard let mine = result.groups[record.group].holder(at: record.position) else {
      return ([], 0)
    }
    let holders = result.groups[record.group].holders
    // The first holders are read once and serve all findings of the group.
    if known.group(record.group) == nil {
      known.keep(shown(holders, duplicates.roles(in: record)), of: record.group)
    }
    guard let group = known.group(record.group) else { return ([], 0) }
    let listed = group.listed(for: mine.person)
    let own = group.ofSeveral[mine.person] ?? 1
    return (listed, holders.count - own - listed.count)
  }

  private mutating func shown(
    _ holders: [Holder], _ roles: DuplicateDecisions.Roles?
  ) -> ShownGroup {
    let shown = holders.prefix(Finding.maximumRelated + 1)
    var counts: [Int: Int] = [:]
    for holder in holders { counts[holder.person, default: 0] += 1 }
    return ShownGroup(
      first: shown.map { related($0, roles) }, persons: shown.map(\.person),
      ofSeveral: counts.filter { $0.value > 1 })
  }

  /// The DN of the object whose finding tells of all holders of what `record` is about; nil where it is
  /// its own.
  private mutating func teller(of record: FindingRecord) -> [UInt8]? {
    guard record.group >= 0 else { return nil }
    let position = result.tellers[record.group]
    guard position != record.position else { return nil }
    return examiners.examiner(at: position)?.entry.dn.array
  }

  private mutating func related(
    _ holder: Holder, _ roles: DuplicateDecisions.Roles?
  ) -> Finding.Related {
    let source = result.context.map.locate(holder.position).source
    let entry = examiners.examiner(at: holder.position)?.entry
    var related = Finding.Related(
      dn: entry?.dn.array ?? [], source: result.context.sources[source].name,
      attribute: result.context.ruleSet.table.name(holder.attribute),
      value: entry?.value(holder.attribute, holder.ordinal)?.array ?? [],
      isInScope: holder.isInScope)
    related.role = roles?.role(of: holder)
    return related
  }
}
