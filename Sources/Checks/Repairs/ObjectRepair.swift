import Bytes
import Directory
import Findings
import RulePacks

/// Repairs one object as far as its rules allow, step by step, on a copy of its values.
///
/// A step is accepted when the finding that asked for it is gone, no (rule, attribute) fires that
/// did not fire before, and no value comes up that somebody else holds. Each step starts from the
/// result of the one before, so several repairs of one value become one.
package struct ObjectRepair {
  /// One accepted change.
  package struct Step: Sendable {
    /// The rule's index.
    package var rule: Int
    package var attribute: AttributeID
    package var old: [UInt8]?
    package var new: [UInt8]?
    package var isSafe: Bool
    package var reason: String
  }

  /// A finding that was left alone, and why.
  package struct Left: Sendable {
    package var rule: Int
    package var attribute: AttributeID
    package var value: [UInt8]?
    package var reason: String
  }

  /// A value that a repair would put into the index of unique values.
  package struct NewKey: Hashable, Sendable {
    package var hash: UInt64
    package var tag: UInt64
    package var text: [UInt8]
  }

  /// What became of the object.
  package struct Outcome: Sendable {
    package var state: ObjectState
    package var steps: [Step] = []
    package var left: [Left] = []
    /// Unique values that the object holds now and did not hold before.
    package var newKeys: Set<NewKey> = []
  }

  /// A change that was decided elsewhere: by the keeper policy or by a person.
  package struct Order: Sendable {
    package var rule: Int
    package var attribute: AttributeID
    /// The value as it is now; nil to add one.
    package var old: [UInt8]?
    /// The value that it becomes; nil to remove it.
    package var new: [UInt8]?
    package var isSafe: Bool
    package var reason: String

    package init(
      rule: Int, attribute: AttributeID, old: [UInt8]?, new: [UInt8]?, isSafe: Bool, reason: String
    ) {
      self.rule = rule
      self.attribute = attribute
      self.old = old
      self.new = new
      self.isSafe = isSafe
      self.reason = reason
    }
  }

  private let judge: Judge
  private let plan: SourcePlan
  private let hash: KeyedHash
  /// Which rules' findings are to be repaired.
  private let isWanted: (Int) -> Bool
  private let allowsUnsafe: Bool
  /// Whether somebody else holds a value; asked with each new value of a candidate.
  private let isTaken: (NewKey) -> Bool

  package init(
    judge: Judge, plan: SourcePlan, hash: KeyedHash, allowsUnsafe: Bool,
    isWanted: @escaping (Int) -> Bool, isTaken: @escaping (NewKey) -> Bool
  ) {
    self.judge = judge
    self.plan = plan
    self.hash = hash
    self.allowsUnsafe = allowsUnsafe
    self.isWanted = isWanted
    self.isTaken = isTaken
  }

  /// One finding of the object, by what it is about.
  private struct Local: Hashable {
    var rule: Int
    var attribute: AttributeID
    var ordinal: Int
  }

  private struct Pair: Hashable {
    var rule: Int
    var attribute: AttributeID
  }

  /// A value at fault that no repair was found for.
  private struct Tried: Hashable {
    var rule: Int
    var attribute: AttributeID
    var value: [UInt8]?
  }

  private static let maximumSteps = 256

  /// Repairs `original`, `orders` first.
  package func repair(_ original: ObjectState, orders: [Order]) -> Outcome {
    var outcome = Outcome(state: original)
    let oldKeys = keys(original)
    for order in orders { follow(order, &outcome, oldKeys) }
    let leftOfOrders = outcome.left
    var count: Int
    // What was refused may do once another value has changed: again until nothing changes.
    repeat {
      count = outcome.steps.count
      outcome.left = leftOfOrders
      pass(&outcome, oldKeys)
    } while outcome.steps.count > count && outcome.steps.count < Self.maximumSteps
    outcome.newKeys = keys(outcome.state).subtracting(oldKeys)
    return outcome
  }

  /// Takes steps until no finding that has not been tried has one.
  private func pass(_ outcome: inout Outcome, _ oldKeys: Set<NewKey>) {
    var tried: Set<Tried> = []
    while outcome.steps.count < Self.maximumSteps {
      let findings = findings(outcome.state)
      guard let next = step(outcome, findings, &tried, oldKeys, &outcome.left) else { return }
      outcome.state = next.state
      outcome.steps.append(next.step)
    }
  }

  // MARK: Orders

  /// Carries out what was decided elsewhere, unless something new would fire.
  private func follow(_ order: Order, _ outcome: inout Outcome, _ oldKeys: Set<NewKey>) {
    let list = outcome.state.list(order.attribute)
    var ordinal = 0
    if let old = order.old {
      guard let found = list.firstIndex(of: old) else { return }
      ordinal = found
    }
    var state = outcome.state
    switch (order.old, order.new) {
    case (_, nil): state.apply(.remove, to: order.attribute, ordinal)
    case (nil, let new?): state.apply(.add(new), to: order.attribute, 0)
    case (_, let new?): state.apply(.edit(new), to: order.attribute, ordinal)
    }
    let before = Set(findings(outcome.state).map { Pair(rule: $0.rule, attribute: $0.attribute) })
    if let reason = objection(to: state, before: before, oldKeys) {
      outcome.left.append(
        Left(rule: order.rule, attribute: order.attribute, value: order.old, reason: reason))
      return
    }
    outcome.state = state
    outcome.steps.append(
      Step(
        rule: order.rule, attribute: order.attribute, old: order.old, new: order.new,
        isSafe: order.isSafe, reason: order.reason))
  }

  /// Why a state is refused, or nil.
  private func objection(
    to state: ObjectState, before: Set<Pair>, _ oldKeys: Set<NewKey>
  ) -> String? {
    for finding in findings(state)
    where !before.contains(Pair(rule: finding.rule, attribute: finding.attribute)) {
      return "would cause \(judge.ruleSet.compiled[finding.rule].rule.id)"
    }
    return keys(state).subtracting(oldKeys).contains(where: isTaken)
      ? "would collide with a value of another object" : nil
  }

  // MARK: Steps

  /// The next accepted change, or nil when there is none.
  private func step(
    _ outcome: Outcome, _ findings: [Local], _ tried: inout Set<Tried>, _ oldKeys: Set<NewKey>,
    _ left: inout [Left]
  ) -> (state: ObjectState, step: Step)? {
    for finding in findings where isWanted(finding.rule) {
      let list = outcome.state.list(finding.attribute)
      let value = list.indices.contains(finding.ordinal) ? list[finding.ordinal] : nil
      let mark = Tried(rule: finding.rule, attribute: finding.attribute, value: value)
      guard !tried.contains(mark) else { continue }
      switch attempt(finding, value, outcome.state, findings, oldKeys) {
      case .accepted(let state, let step): return (state, step)
      case .refused(let reason):
        tried.insert(mark)
        left.append(
          Left(
            rule: finding.rule, attribute: finding.attribute, value: value, reason: reason))
      case .nothing: tried.insert(mark)
      }
    }
    return nil
  }

  private enum Attempt {
    case accepted(ObjectState, Step)
    case refused(String)
    /// The rule knows no repair.
    case nothing
  }

  private func attempt(
    _ finding: Local, _ value: [UInt8]?, _ state: ObjectState, _ findings: [Local],
    _ oldKeys: Set<NewKey>
  ) -> Attempt {
    state.load(into: judge.entry)
    let builder = FindingBuilder(judge: judge)
    let candidates = builder.candidates(
      rule: finding.rule, attribute: finding.attribute, ordinal: finding.ordinal)
    var reason: String?
    for candidate in candidates {
      guard let change = candidate.change else {
        return .refused(candidate.reason)
      }
      guard candidate.isSafe || allowsUnsafe else {
        reason = reason ?? "not safe without --unsafe-fixes: \(candidate.reason)"
        continue
      }
      var changed = state
      changed.apply(change, to: finding.attribute, candidate.ordinal)
      if let objection = objection(finding, findings, changed, oldKeys) {
        reason = objection
        continue
      }
      let list = state.list(finding.attribute)
      let old = list.indices.contains(candidate.ordinal) ? list[candidate.ordinal] : nil
      return .accepted(
        changed,
        Step(
          rule: finding.rule, attribute: finding.attribute, old: old, new: change.newValue,
          isSafe: candidate.isSafe, reason: candidate.reason))
    }
    return reason.map(Attempt.refused) ?? .nothing
  }

  /// Why a candidate's result is refused, or nil.
  private func objection(
    _ finding: Local, _ before: [Local], _ state: ObjectState, _ oldKeys: Set<NewKey>
  ) -> String? {
    let after = findings(state)
    func count(_ list: [Local]) -> Int {
      list.reduce(0) {
        $0 + ($1.rule == finding.rule && $1.attribute == finding.attribute ? 1 : 0)
      }
    }
    guard count(after) < count(before) else { return "no repair removes the cause" }
    let known = Set(before.map { Pair(rule: $0.rule, attribute: $0.attribute) })
    return objection(to: state, before: known, oldKeys)
  }

  // MARK: Judging a state

  /// What fires on `state` without regard to other objects, in the order of the rules.
  private func findings(_ state: ObjectState) -> [Local] {
    state.load(into: judge.entry)
    let decision = judge.decide(plan)
    var result: [Local] = []
    judge.check(plan, decision) { rule, attribute, ordinal in
      result.append(Local(rule: rule, attribute: attribute, ordinal: ordinal))
    }
    return result.sorted {
      ($0.rule, $0.attribute.index, $0.ordinal) < ($1.rule, $1.attribute.index, $1.ordinal)
    }
  }

  /// The unique values of `state`.
  private func keys(_ state: ObjectState) -> Set<NewKey> {
    state.load(into: judge.entry)
    let decision = judge.decide(plan)
    var result: Set<NewKey> = []
    judge.forEachKey(decision.objectClass) { key in
      guard !key.isConfusable else { return }
      result.insert(
        NewKey(
          hash: UniquenessIndex.kept(Judge.hash(key, hash)), tag: key.tag,
          text: key.isExact ? key.text.array : key.text.map(\.asciiLowercased)))
    }
    return result
  }
}
