import Bytes
import Directory
import Findings
import Rules

/// Repairs one object as far as its rules allow, step by step, on a copy of its values.
///
/// A step is accepted when the finding that asked for it is gone, nothing fires that it may not cause
/// (`RepairCriterion`), and no value comes up that another object holds. Each step starts from the
/// result of the one before, so several repairs of one value become one. Where the text of an address
/// is at fault, all values of the object that are the same address change in one step, or none.
package struct ObjectRepair {
  /// A change of one value: one that was accepted, or one that was decided elsewhere, by the keeper
  /// policy or by a person, and is still to be made.
  package struct Step: Sendable, Equatable {
    /// The rule's index.
    package var rule: Int
    package var edit: AttributeEdit
    package var isSafe: Bool
    package var reason: String
    /// Whether the user has said that it is to be done.
    package var isOrdered: Bool
    /// Whether it keeps an address that the steps beside it would take away.
    var keepsAddress = false
    /// Whether the value that it makes must be one with which nothing else is wrong.
    var mustArrive = false

    package init(
      rule: Int, edit: AttributeEdit, isSafe: Bool, reason: String, isOrdered: Bool = false
    ) {
      self.rule = rule
      self.edit = edit
      self.isSafe = isSafe
      self.reason = reason
      self.isOrdered = isOrdered
    }
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

  /// Why an object cannot have a value that no two should hold.
  package enum Claim: Sendable {
    /// Another object holds it, or has given it up.
    case held
    /// Another object would be repaired to it as well, and nothing tells whose it is.
    case contested
  }

  /// What became of the object.
  package struct Outcome: Sendable {
    /// The object as it was, and as it comes out; its DN does not change.
    package let original: ObjectState
    package var state: ObjectState
    package var steps: [Step] = []
    package var left: [Left] = []
    /// Unique values that the object holds now and did not hold before.
    package var newKeys: Set<KeptHash> = []
    /// Unique values that the object held and does not hold any more.
    package var lostKeys: Set<KeptHash> = []
    /// Whether a repair came up that is not safe: otherwise it is the same whether that is allowed.
    package var dependsOnSafety = false
  }

  let evaluator: RuleEvaluator
  let checks: SourceChecks
  let hash: KeyedHash
  /// What keeps the object from having a value; asked with each new value of a candidate.
  let claim: (KeptHash) -> Claim?
  /// Whether the object must not give up a value, because another object's repair asks for it.
  let isKept: (KeptHash) -> Bool
  /// What turned out to cause something new elsewhere.
  let withdrawn: Set<AttributeEdit>
  /// Addresses of the object that others hold as well, without type and case: nothing is made of them.
  let shared: Set<[UInt8]>

  package init(
    evaluator: RuleEvaluator, checks: SourceChecks, hash: KeyedHash,
    withdrawn: Set<AttributeEdit>, shared: Set<[UInt8]>, isKept: @escaping (KeptHash) -> Bool,
    claim: @escaping (KeptHash) -> Claim?
  ) {
    self.evaluator = evaluator
    self.checks = checks
    self.hash = hash
    self.isKept = isKept
    self.withdrawn = withdrawn
    self.shared = shared
    self.claim = claim
  }

  /// What must not fire where it did not before.
  struct Pair: Hashable {
    var rule: Int
    var attribute: AttributeID

    init(_ hit: Hit) { (rule, attribute) = (hit.rule, hit.attribute) }
  }

  /// A value at fault that no repair was found for.
  struct Tried: Hashable {
    var rule: Int
    var attribute: AttributeID
    var value: [UInt8]?
  }

  private static let maximumSteps = 256

  /// Begins with the object in the evaluator's entry. `state` is what the entry holds, where that is
  /// known.
  package func begin(_ state: ObjectState? = nil) -> Work { Work(evaluator, checks, state) }

  /// Repairs the object that `work` has begun with, `orders` first, with safe repairs or with all.
  package func repair(
    orders: [Step], _ work: inout Work, allowsUnsafe: Bool
  ) -> Outcome {
    work.allowsUnsafe = allowsUnsafe
    guard !work.isDamaged else {
      leaveAll(orders, &work)
      return work.outcome
    }
    if orders.count > Self.fewValues {
      followTogether(orders[...], &work)
    } else {
      for order in orders { follow(order, &work) }
    }
    let leftOfOrders = work.outcome.left
    // What was refused may do once another value has changed: again until nothing changes.
    repeat {
      work.outcome.left = leftOfOrders
    } while repairAll(&work) && work.steps < Self.maximumSteps
    if !work.outcome.steps.isEmpty {
      if !work.isLoaded, work.keys == nil { load(work.outcome.state) }
      let (keys, oldKeys) = (work.keys ?? keys(), oldKeys(&work))
      work.outcome.newKeys = keys.new(since: oldKeys)
      work.outcome.lostKeys = oldKeys.all.subtracting(keys.all)
    }
    return work.outcome
  }

  /// What is known on the way. Filling the entry and judging it is what repairing costs.
  package struct Work {
    var outcome: Outcome
    /// Whether its source has the object damaged.
    let isDamaged: Bool
    /// Whether repairs may be made that are not safe.
    var allowsUnsafe = false
    /// What fires on the outcome's state.
    var findings: [Hit]
    /// Whether the evaluator's entry holds the outcome's state.
    var isLoaded = true
    /// The unique values of the original, once it has been asked for.
    var oldKeys: Keys?
    /// Those of the outcome's state, where they are known.
    var keys: Keys?
    /// Those of the state that was judged last, where they are known.
    var newestKeys: Keys?
    /// How many steps were taken one by one.
    var steps = 0
    /// How many more states may be judged, for an object with so many values at fault that each
    /// costs much.
    private(set) var trials = Int.max
    /// What is said of values, once it has been asked for.
    private var rulesByPlace: [ValuePlace: [Int]]?

    /// From now on few states are judged; where that has been said before it stays.
    mutating func limitTrials() {
      if trials == .max { trials = ObjectRepair.maximumTrials }
    }

    /// Takes note of a state that is judged; whether it may be.
    mutating func isTrialLeft() -> Bool {
      guard trials > 0 else { return false }
      trials -= 1
      return true
    }

    /// The rules that fire on the value at `place`.
    mutating func rules(at place: ValuePlace) -> [Int] {
      let rules =
        rulesByPlace ?? Dictionary(grouping: findings, by: \.place).mapValues { $0.map(\.rule) }
      rulesByPlace = rules
      return rules[place] ?? []
    }

    init(_ evaluator: RuleEvaluator, _ checks: SourceChecks, _ state: ObjectState?) {
      let original = state ?? ObjectState(evaluator.entry, table: evaluator.ruleSet.table)
      outcome = Outcome(original: original, state: original)
      isDamaged = evaluator.entry.isDamaged
      findings = ObjectRepair.findings(evaluator, checks)
    }

    /// Forgets what has been found out about repairs of an object of which nothing has been changed.
    package mutating func restart() {
      outcome = Outcome(original: outcome.original, state: outcome.original)
      steps = 0
      trials = .max
    }

    /// Takes over the steps to `state`, which is in the evaluator's entry and on which `findings` fire.
    mutating func take(_ state: ObjectState, _ steps: [Step], _ findings: [Hit]) {
      outcome.state = state
      outcome.steps += steps
      self.findings = findings
      rulesByPlace = nil
      isLoaded = true
      keys = newestKeys
    }
  }

  /// Takes steps until no finding that has not been `tried` has one. Returns whether another pass
  /// could find more: something was refused before a step was taken.
  func pass(_ work: inout Work, _ tried: inout Set<Tried>) -> Bool {
    var isWorthwhile = false
    while work.steps < Self.maximumSteps {
      guard step(&work, &tried) else { return isWorthwhile }
      work.steps += 1
      isWorthwhile = !tried.isEmpty
    }
    return false
  }

  // MARK: Orders

  /// Carries out what was decided elsewhere, unless something new would fire.
  func follow(_ order: Step, _ work: inout Work) {
    guard !withdrawn.contains(order.edit) else { return }
    let attribute = order.edit.attribute
    let list = work.outcome.state.list(attribute)
    var edits = [order.edit.value]
    if let old = order.edit.value.old {
      guard list.contains(old) else { return }
      if order.edit.value.new == nil {
        // Held twice, in other letters, it would still be held.
        edits = list.filter { evaluator.isSameAddress($0, old, attribute) }.map {
          ValueEdit(old: $0)
        }
      }
    }
    let steps = edits.map { edit in
      Step(
        rule: order.rule, edit: AttributeEdit(attribute, edit), isSafe: order.isSafe,
        reason: order.reason)
    }
    var state = work.outcome.state
    for step in steps { state.apply(step.edit) }
    noteOldKeys(&work)
    let after = findings(state, &work)
    if let reason = objection(to: state, after, after: steps, &work) {
      work.outcome.left.append(
        Left(
          rule: order.rule, attribute: attribute, value: order.edit.value.old, reason: reason))
      return
    }
    work.take(state, steps, after)
  }

  // MARK: Steps

  /// Takes the next accepted change; false when there is none.
  private func step(_ work: inout Work, _ tried: inout Set<Tried>) -> Bool {
    for finding in work.findings {
      let value = work.outcome.state.value(finding.attribute, finding.ordinal)
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
  func isShown(_ finding: Hit, _ work: inout Work) -> Bool {
    let ruleSet = evaluator.ruleSet
    if ruleSet.mayBeSilent(finding.rule) {
      guard
        isOrdered(finding, work)
          || !ruleSet.isSilent(finding.rule, beside: work.rules(at: finding.place))
      else { return false }
    }
    guard ruleSet.settings.minimumSeverity > .info else { return true }
    if !work.isLoaded { load(work.outcome.state) }
    work.isLoaded = true
    return evaluator.severity(ofRule: finding.rule) >= ruleSet.settings.minimumSeverity
  }

  /// Whether the user has said what becomes of the suffix of the value, a name@domain: that is done
  /// whatever else is wrong with it.
  private func isOrdered(_ finding: Hit, _ work: Work) -> Bool {
    let (ruleSet, list) = (evaluator.ruleSet, work.outcome.state.list(finding.attribute))
    guard !ruleSet.settings.suffixOrders.orders.isEmpty, list.indices.contains(finding.ordinal),
      ruleSet.rules[finding.rule].repairs.contains(where: { $0.kind == .replaceDomainFromMap })
    else { return false }
    let parts = list[finding.ordinal].split(separator: 0x40, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    return Array(parts[1]).withByteView { suffix in
      work.outcome.state.dn.withByteView { dn in
        ruleSet.settings.suffixOrders.order(for: suffix, of: dn, evaluator.entry.arena) != nil
      }
    }
  }

  private enum Attempt {
    case accepted
    case refused(String, isWithdrawn: Bool)
    /// The rule knows no repair.
    case nothing
  }

  private func attempt(_ finding: Hit, _ work: inout Work) -> Attempt {
    guard !evaluator.ruleSet.compiled[finding.rule].rule.repairs.isEmpty else { return .nothing }
    if !work.isLoaded { load(work.outcome.state) }
    work.isLoaded = true
    let candidates = FindingBuilder(evaluator).candidates(
      rule: finding.rule, attribute: finding.attribute, ordinal: finding.ordinal)
    if candidates.count > Self.fewValues { work.limitTrials() }
    var reason: String?
    var isWithdrawn = false
    for candidate in candidates {
      guard candidate.edit != nil else { return .refused(candidate.reason, isWithdrawn: false) }
      let steps: [Step]
      switch together(candidate, finding, &work) {
      case .steps(let all): steps = all
      case .refused(let why):
        reason = reason ?? why
        continue
      }
      if let unsafe = steps.first(where: { !$0.isSafe }) {
        work.outcome.dependsOnSafety = true
        guard work.allowsUnsafe else {
          reason = reason ?? "not safe without --unsafe-fixes: \(unsafe.reason)"
          continue
        }
      }
      guard !steps.contains(where: { withdrawn.contains($0.edit) }) else {
        reason = reason ?? "withdrawn"
        isWithdrawn = true
        continue
      }
      guard work.isTrialLeft() else {
        reason = reason ?? Self.tooMany
        break
      }
      let objection = objection(taking: steps, from: candidate.source, for: finding, &work)
      guard let objection else { return .accepted }
      reason = objection
    }
    return reason.map { .refused($0, isWithdrawn: isWithdrawn) } ?? .nothing
  }
}
