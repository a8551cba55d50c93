import Bytes
import Directory
import Findings
import Sync

/// What speaks against a step.
extension ObjectRepair {
  /// Takes `steps`, which are to repair `finding`; when they are refused, why. `source` is where the
  /// new value comes from, if it is another of the object's.
  func objection(
    taking steps: [Step], from source: ValueSource?, for finding: Hit, _ work: inout Work
  ) -> String? {
    var state = work.outcome.state
    for step in steps { state.apply(step.edit) }
    noteOldKeys(&work)
    let after = findings(state, &work)
    func count(_ list: [Hit]) -> Int {
      list.reduce(0) { $0 + (Pair($1) == Pair(finding) ? 1 : 0) }
    }
    // What is said of an address because it stays was said of it before.
    let kept = after.filter { hit in
      hit.rule == finding.rule
        && steps.contains { step in
          step.keepsAddress && step.edit.attribute == hit.attribute
            && step.edit.value.new == state.value(hit.attribute, hit.ordinal)
        }
    }
    guard count(after) - kept.count < count(work.findings) else {
      return "no repair removes the cause"
    }
    if let source, let reason = objection(to: source, after) { return reason }
    if let reason = objection(toArrivalOf: steps, state, after) { return reason }
    if let reason = objection(to: state, after, after: steps, &work) { return reason }
    work.take(state, steps, after)
    return nil
  }

  /// Why a value that one of `steps` makes would be refused or lost as well, or nil.
  private func objection(
    toArrivalOf steps: [Step], _ state: ObjectState, _ after: [Hit]
  ) -> String? {
    for step in steps where step.mustArrive {
      guard let new = step.edit.value.new else { continue }
      let fault = after.first { hit in
        hit.attribute == step.edit.attribute && isLost(hit.rule)
          && state.value(hit.attribute, hit.ordinal) == new
      }
      if let fault { return Self.notArriving(evaluator.ruleSet.rules[fault.rule].id) }
    }
    return nil
  }

  /// Whether what rule number `rule` finds does not arrive as it is.
  func isLost(_ rule: Int) -> Bool { evaluator.ruleSet.consequence(of: rule) >= .address }

  static func notArriving(_ rule: String) -> String { "\(rule) would be said of what comes of it" }

  /// Why nothing is to be made of the value of `source` in the entry, on which `after` fires.
  private func objection(to source: ValueSource, _ after: [Hit]) -> String? {
    let view = evaluator.view
    guard let value = view.value(of: source) else { return nil }
    let place = place(of: source)
    let name: String
    switch source {
    case .primarySMTP: name = "the primary address"
    case .attribute(let attribute): name = view.sync.table.name(attribute)
    }
    guard !shared.contains(evaluator.addressText(value)) else {
      return "\(name), of which it would be made, is shared with another object"
    }
    let fault = after.first { hit in
      hit.place == place && isLost(hit.rule)
    }
    return fault.map {
      "\(name), of which it would be made, is at fault itself "
        + "(\(evaluator.ruleSet.rules[$0.rule].id))"
    }
  }

  private func place(of source: ValueSource) -> ValuePlace {
    switch source {
    case .attribute(let attribute): ValuePlace(attribute: attribute, ordinal: 0)
    case .primarySMTP:
      ValuePlace(
        attribute: evaluator.view.attributes.proxyAddresses,
        ordinal: evaluator.view.primaryOrdinal ?? -1)
    }
  }

  /// Why a state on which `after` fires, which comes of `steps`, is refused, or nil.
  func objection(
    to state: ObjectState, _ after: [Hit], after steps: [Step], _ work: inout Work
  ) -> String? {
    for finding in after
    where !work.findings.contains(where: { Pair($0) == Pair(finding) })
      && !steps.contains(where: { mayCause(finding.rule, $0) })
    {
      return "would cause \(evaluator.ruleSet.compiled[finding.rule].rule.id)"
    }
    let isThere = work.oldKeys != nil
    let old = oldKeys(&work)
    if !isThere { load(state) }
    let new = keys()
    work.newestKeys = new
    // All are asked about, in whatever order: what is asked for is remembered.
    var claims: Set<Claim> = []
    for key in new.new(since: old) {
      if let claim = claim(key) { claims.insert(claim) }
    }
    if let claim = claims.contains(.held) ? .held : claims.first { return Self.reason(claim) }
    return old.all.subtracting(new.all).contains(where: isKept)
      ? "would free a value that a repair of another object asks for" : nil
  }

  /// Whether `step` may cause what rule number `rule` finds.
  func mayCause(_ rule: Int, _ step: Step) -> Bool {
    let ruleSet = evaluator.ruleSet
    return RepairCriterion.allows(
      ruleSet.consequence(of: rule), repairing: ruleSet.consequence(of: step.rule),
      isOrdered: step.isOrdered)
  }

  static func reason(_ claim: Claim) -> String {
    switch claim {
    case .held: "would collide with a value of another object"
    case .contested: "another object would be repaired to the same value"
    }
  }

  // MARK: Judging a state

  func load(_ state: ObjectState) {
    state.load(into: evaluator.entry)
  }

  /// What fires on `state` without regard to other objects, in the order of the rules.
  func findings(_ state: ObjectState, _ work: inout Work) -> [Hit] {
    load(state)
    work.isLoaded = false
    work.newestKeys = nil
    return Self.findings(evaluator, checks)
  }

  static func findings(_ evaluator: RuleEvaluator, _ checks: SourceChecks) -> [Hit] {
    let judgement = evaluator.judgement(checks)
    var result: [Hit] = []
    evaluator.check(checks, judgement) { result.append($0) }
    return result.sorted {
      ($0.rule, $0.attribute.index, $0.ordinal) < ($1.rule, $1.attribute.index, $1.ordinal)
    }
  }
}

extension RuleEvaluator {
  /// What the entry is to its source, whose checks these are: asked for once for each state of it.
  func judgement(_ checks: SourceChecks) -> Judgement {
    if judged.generation == entry.generation, let known = judged.judgement { return known }
    let judgement = view.decide(checks.scope)
    judged = (entry.generation, judgement)
    return judgement
  }
}
