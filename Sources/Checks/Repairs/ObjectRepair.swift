import Bytes
import Directory
import Findings
import Rules

/// Repairs one object as far as its rules allow, step by step, on a copy of its values.
///
/// A step is accepted when the finding that asked for it is gone, no (rule, attribute) fires that
/// did not fire before, and no value comes up that somebody else holds. Each step starts from the
/// result of the one before, so several repairs of one value become one.
package struct ObjectRepair {
  /// What becomes of one value.
  package struct Edit: Hashable, Sendable {
    package var attribute: UInt16
    package var old: [UInt8]?
    package var new: [UInt8]?
  }

  /// One accepted change.
  package struct Step: Sendable {
    /// The rule's index.
    package var rule: Int
    package var attribute: AttributeID
    package var old: [UInt8]?
    package var new: [UInt8]?
    package var isSafe: Bool
    package var reason: String

    /// What it does.
    package var edit: Edit { Edit(attribute: attribute.index, old: old, new: new) }
  }

  /// A finding that was left alone, and why.
  package struct Left: Sendable {
    package var rule: Int
    package var attribute: AttributeID
    package var value: [UInt8]?
    package var reason: String
    /// Whether a repair of it was planned before and withdrawn, of which has been told.
    package var isWithdrawn = false
  }

  /// A value that no two objects should hold, however it is written.
  package struct UniqueValue: Hashable, Sendable {
    /// Which values it is compared with.
    package var tag: UInt64
    package var text: [UInt8]
  }

  /// A value that a repair would put into the index of unique values.
  package struct NewKey: Hashable, Sendable {
    /// Its hash in the run's index.
    package var hash: UInt64
    package var value: UniqueValue
  }

  /// What became of the object.
  package struct Outcome: Sendable {
    /// The object as it was, and as it comes out; its DN does not change.
    package let original: ObjectState
    package var state: ObjectState
    package var steps: [Step] = []
    package var left: [Left] = []
    /// Unique values that the object holds now and did not hold before.
    package var newKeys: Set<NewKey> = []
    /// Unique values that the object held and does not hold any more.
    package var lostValues: Set<UniqueValue> = []
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

  private let evaluator: RuleEvaluator
  private let checks: SourceChecks
  private let hash: KeyedHash
  private let allowsUnsafe: Bool
  /// Whether somebody else holds a value; asked with each new value of a candidate.
  private let isTaken: (NewKey) -> Bool
  /// Whether the object must not give up a value, because another object's repair asks for it.
  private let isKept: (NewKey) -> Bool
  /// What turned out to cause something new elsewhere.
  private let withdrawn: Set<Edit>

  package init(
    evaluator: RuleEvaluator, checks: SourceChecks, hash: KeyedHash, allowsUnsafe: Bool,
    withdrawn: Set<Edit>, isKept: @escaping (NewKey) -> Bool,
    isTaken: @escaping (NewKey) -> Bool
  ) {
    self.evaluator = evaluator
    self.checks = checks
    self.hash = hash
    self.allowsUnsafe = allowsUnsafe
    self.isKept = isKept
    self.withdrawn = withdrawn
    self.isTaken = isTaken
  }

  /// One finding of the object, by what it is about.
  private struct Local {
    var rule: Int
    var attribute: AttributeID
    var ordinal: Int

    /// Its rule and attribute.
    var pair: Pair { Pair(rule: rule, attribute: attribute) }
  }

  private struct Pair: Equatable {
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

  /// Repairs the object in the evaluator's entry, `orders` first.
  package func repair(orders: [Order]) -> Outcome {
    var work = Work(evaluator, checks)
    for order in orders { follow(order, &work) }
    let leftOfOrders = work.outcome.left
    // What was refused may do once another value has changed: again until nothing changes.
    repeat {
      work.outcome.left = leftOfOrders
    } while pass(&work) && work.outcome.steps.count < Self.maximumSteps
    if !work.outcome.steps.isEmpty {
      if !work.isLoaded { load(work.outcome.state) }
      let (keys, oldKeys) = (keys(), oldKeys(&work))
      work.outcome.newKeys = keys.subtracting(oldKeys)
      work.outcome.lostValues = Set(oldKeys.subtracting(keys).map(\.value))
    }
    return work.outcome
  }

  /// What is known on the way. Filling the entry and judging it is what repairing costs.
  private struct Work {
    var outcome: Outcome
    /// What fires on the outcome's state.
    var findings: [Local]
    /// Whether the evaluator's entry holds the outcome's state.
    var isLoaded = true
    /// The unique values of the original, once somebody has asked.
    var oldKeys: Set<NewKey>?

    init(_ evaluator: RuleEvaluator, _ checks: SourceChecks) {
      let original = ObjectState(evaluator.entry, table: evaluator.ruleSet.table)
      outcome = Outcome(original: original, state: original)
      findings = ObjectRepair.findings(evaluator, checks)
    }

    /// Takes over the steps to `state`, which is in the evaluator's entry and on which `findings` fire.
    mutating func take(_ state: ObjectState, _ steps: [Step], _ findings: [Local]) {
      outcome.state = state
      outcome.steps += steps
      self.findings = findings
      isLoaded = true
    }
  }

  /// Takes steps until no finding that has not been tried has one. Returns whether another pass
  /// could find more: something was refused before a step was taken.
  private func pass(_ work: inout Work) -> Bool {
    var tried: Set<Tried> = []
    var isWorthwhile = false
    while work.outcome.steps.count < Self.maximumSteps {
      guard step(&work, &tried) else { return isWorthwhile }
      isWorthwhile = !tried.isEmpty
    }
    return false
  }

  // MARK: Orders

  /// Carries out what was decided elsewhere, unless something new would fire.
  private func follow(_ order: Order, _ work: inout Work) {
    let edit = Edit(attribute: order.attribute.index, old: order.old, new: order.new)
    guard !withdrawn.contains(edit) else { return }
    let list = work.outcome.state.list(order.attribute)
    var state = work.outcome.state
    var removed: [[UInt8]] = []
    if let old = order.old {
      guard let found = list.firstIndex(of: old) else { return }
      if let new = order.new {
        state.apply(.edit(new), to: order.attribute, found)
      } else {
        // Held twice, in other letters, it would still be held.
        removed = list.filter { evaluator.isSameAddress($0, old, order.attribute) }
        state.remove(removed, from: order.attribute)
      }
    } else if let new = order.new {
      state.apply(.add(new), to: order.attribute, 0)
    }
    let after = findings(state, &work)
    if let reason = objection(to: state, after, &work) {
      work.outcome.left.append(
        Left(rule: order.rule, attribute: order.attribute, value: order.old, reason: reason))
      return
    }
    let steps = (order.new == nil ? removed.map(Optional.some) : [order.old]).map { old in
      Step(
        rule: order.rule, attribute: order.attribute, old: old, new: order.new,
        isSafe: order.isSafe, reason: order.reason)
    }
    work.take(state, steps, after)
  }

  /// Why a state on which `after` fires is refused, or nil.
  private func objection(
    to state: ObjectState, _ after: [Local], _ work: inout Work
  ) -> String? {
    for finding in after
    where !work.findings.contains(where: { $0.pair == finding.pair }) {
      return "would cause \(evaluator.ruleSet.compiled[finding.rule].rule.id)"
    }
    let isThere = work.oldKeys != nil
    let old = oldKeys(&work)
    if !isThere { load(state) }
    let new = keys()
    if new.subtracting(old).contains(where: isTaken) {
      return "would collide with a value of another object"
    }
    return old.subtracting(new).contains(where: isKept)
      ? "would free a value that a repair of another object asks for" : nil
  }

  // MARK: Steps

  /// Takes the next accepted change; false when there is none.
  private func step(_ work: inout Work, _ tried: inout Set<Tried>) -> Bool {
    for finding in work.findings {
      let list = work.outcome.state.list(finding.attribute)
      let value = list.indices.contains(finding.ordinal) ? list[finding.ordinal] : nil
      let mark = Tried(rule: finding.rule, attribute: finding.attribute, value: value)
      guard !tried.contains(mark), isShown(finding, &work) else { continue }
      switch attempt(finding, &work) {
      case .accepted: return true
      case .refused(let reason, let isWithdrawn):
        tried.insert(mark)
        work.outcome.left.append(
          Left(
            rule: finding.rule, attribute: finding.attribute, value: value, reason: reason,
            isWithdrawn: isWithdrawn))
      case .nothing: tried.insert(mark)
      }
    }
    return false
  }

  /// Whether anything is said of `finding`: what is not shown is not repaired either.
  private func isShown(_ finding: Local, _ work: inout Work) -> Bool {
    let ruleSet = evaluator.ruleSet
    let beside = work.findings.lazy.filter {
      $0.attribute == finding.attribute && $0.ordinal == finding.ordinal
    }
    guard !ruleSet.isSilent(finding.rule, beside: beside.map(\.rule)) else { return false }
    guard ruleSet.settings.minimumSeverity > .info else { return true }
    if !work.isLoaded { load(work.outcome.state) }
    work.isLoaded = true
    return evaluator.severity(ofRule: finding.rule) >= ruleSet.settings.minimumSeverity
  }

  private enum Attempt {
    case accepted
    case refused(String, isWithdrawn: Bool)
    /// The rule knows no repair.
    case nothing
  }

  private func attempt(_ finding: Local, _ work: inout Work) -> Attempt {
    let rule = evaluator.ruleSet.compiled[finding.rule].rule
    guard !rule.repairs.isEmpty else { return .nothing }
    let state = work.outcome.state
    if !work.isLoaded { load(state) }
    work.isLoaded = true
    let builder = FindingBuilder(evaluator)
    let candidates = builder.candidates(
      rule: finding.rule, attribute: finding.attribute, ordinal: finding.ordinal)
    let list = state.list(finding.attribute)
    var reason: String?
    var isWithdrawn = false
    for candidate in candidates {
      guard let change = candidate.change else {
        return .refused(candidate.reason, isWithdrawn: false)
      }
      guard candidate.isSafe || allowsUnsafe else {
        reason = reason ?? "not safe without --unsafe-fixes: \(candidate.reason)"
        continue
      }
      let old = list.indices.contains(candidate.ordinal) ? list[candidate.ordinal] : nil
      let edit = Edit(attribute: finding.attribute.index, old: old, new: change.newValue)
      guard !withdrawn.contains(edit) else {
        reason = reason ?? "withdrawn"
        isWithdrawn = true
        continue
      }
      var changed = state
      changed.apply(change, to: finding.attribute, candidate.ordinal)
      let after = findings(changed, &work)
      if let objection = objection(finding, changed, after, &work) {
        reason = objection
        continue
      }
      work.take(
        changed,
        [
          Step(
            rule: finding.rule, attribute: finding.attribute, old: old, new: change.newValue,
            isSafe: candidate.isSafe, reason: candidate.reason)
        ], after)
      return .accepted
    }
    return reason.map { .refused($0, isWithdrawn: isWithdrawn) } ?? .nothing
  }

  /// Why a candidate's result, on which `after` fires, is refused, or nil.
  private func objection(
    _ finding: Local, _ state: ObjectState, _ after: [Local], _ work: inout Work
  ) -> String? {
    func count(_ list: [Local]) -> Int {
      list.reduce(0) { $0 + ($1.pair == finding.pair ? 1 : 0) }
    }
    guard count(after) < count(work.findings) else { return "no repair removes the cause" }
    return objection(to: state, after, &work)
  }

  // MARK: Judging a state

  private func load(_ state: ObjectState) {
    state.load(into: evaluator.entry)
  }

  /// What fires on `state` without regard to other objects, in the order of the rules.
  private func findings(_ state: ObjectState, _ work: inout Work) -> [Local] {
    load(state)
    work.isLoaded = false
    return Self.findings(evaluator, checks)
  }

  private static func findings(_ evaluator: RuleEvaluator, _ checks: SourceChecks) -> [Local] {
    let judgement = evaluator.view.decide(checks.scope)
    var result: [Local] = []
    evaluator.check(checks, judgement) { rule, attribute, ordinal in
      result.append(Local(rule: rule, attribute: attribute, ordinal: ordinal))
    }
    return result.sorted {
      ($0.rule, $0.attribute.index, $0.ordinal) < ($1.rule, $1.attribute.index, $1.ordinal)
    }
  }

  /// The unique values of the object as it was.
  private func oldKeys(_ work: inout Work) -> Set<NewKey> {
    if let known = work.oldKeys { return known }
    load(work.outcome.original)
    work.isLoaded = false
    let found = keys()
    work.oldKeys = found
    return found
  }

  /// The unique values of what is in the evaluator's entry.
  private func keys() -> Set<NewKey> {
    let judgement = evaluator.view.decide(checks.scope)
    var result: Set<NewKey> = []
    evaluator.forEachKey(judgement.objectClass) { key in
      guard !key.isConfusable else { return }
      result.insert(
        NewKey(
          hash: UniquenessIndex.kept(RuleEvaluator.hash(key, hash)),
          value: UniqueValue(
            tag: key.tag,
            text: key.isExact ? key.text.array : key.text.map(\.asciiLowercased))))
    }
    return result
  }
}
