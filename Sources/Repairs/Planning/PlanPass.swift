import Bytes
import Checks
import Directory
import Lint
import Rules
import Synchronization
import System

/// Decides about repairs of all objects of a run together, as far as one pass over them goes.
///
/// Objects are repaired one by one on copies; a new value is accepted only where no object of any
/// source holds it, in scope or not, and where no other object would be repaired to it: nothing tells
/// which of them it belongs to. What a repair frees is given to nobody. The result depends on the data alone, not on threads.
struct PlanPass: Sendable {
  /// What earlier passes have to say about this one. Objects are called by their positions.
  struct Limits: Sendable {
    /// What must not be done, by object.
    var withdrawn: [Int: Set<AttributeEdit>] = [:]
    /// Values that repairs have freed, and the objects that held them.
    var freed = FreedValues()
    /// Values that must not be freed.
    var kept = KeptValues()
    /// Objects that nothing can be done about.
    var settled: [Int: PassMemory.Known] = [:]
  }

  /// What came of a pass.
  struct Outcome {
    /// In the order of their positions.
    var changes: [PlannedObject] = []
    var left = LeftReasons()
    /// Values that repairs would need and that other repairs have freed.
    var wantsFreed: Set<KeptHash> = []
    /// Unchanged objects that nothing can be done about, whatever becomes of others.
    var settled: [Int: PassMemory.Known] = [:]
  }

  private let result: LintResult
  private let request: RepairRequest
  private let limits: Limits
  private var context: RunContext { result.context }
  private var ruleSet: RuleSet { result.context.ruleSet }

  /// A planner for what `result` found; its run must have kept the index.
  private init(_ result: LintResult, request: RepairRequest, limits: Limits) {
    self.result = result
    self.request = request
    self.limits = limits
  }

  /// The outcome for one object with findings.
  struct Planned: Sendable {
    /// What is changed; nil when nothing is.
    var change: PlannedObject?
    /// Unique values that it holds then and did not hold before.
    var newKeys: [KeptHash]
    /// What is left alone.
    var left: [LeftReason]
    /// Whether that depends on nothing but the object as its source has it.
    var isSettled: Bool
    /// Whether it depends on whether repairs may be made that are not safe.
    var dependsOnSafety: Bool
  }

  /// What a pass has tried on one object.
  private struct Attempt: Sendable {
    var known: PassMemory.Known
    /// Values whose holders are not known yet.
    var unknown: [KeptHash]
    /// Values that were refused because another object's repair has freed them.
    var wantsFreed: [KeptHash]
    /// Values that were refused because the plan had given them to another object.
    var wantsGiven: [KeptHash]
  }

  /// What is known of values that repairs would bring.
  private struct Knowledge: Sendable {
    /// The objects that hold a value now.
    var holders: [KeptHash: [Int]] = [:]
    /// The object that asked for a value first.
    var given: [KeptHash: Int] = [:]
    /// Values that several objects have asked for: no object gets them.
    var contested: Set<KeptHash> = []

    /// Whether a value is another's; nil when that is not known yet.
    func isTaken(_ key: KeptHash, for position: Int) -> Bool? {
      if isWanted(key, besides: position) { return true }
      return holders[key].map { list in list.contains { $0 != position } }
    }

    /// Whether another object than that at `position` has asked for a value.
    func isWanted(_ key: KeptHash, besides position: Int) -> Bool {
      contested.contains(key) || given[key].map { $0 != position } ?? false
    }

    /// Whether another object than that at `position` is known to hold a value.
    func isHeld(_ key: KeptHash, besides position: Int) -> Bool {
      holders[key]?.contains { $0 != position } ?? false
    }
  }

  /// Rounds of a pass; each time only objects that met a taken value are tried again.
  private static let maximumRounds = 16

  /// Plans repairs for the findings.
  ///
  /// Throws when the unique values are in a file that cannot be read.
  static func plan(
    _ stand: PlanStand, request: RepairRequest, limits: Limits, _ memory: PassMemory
  ) throws(SystemError) -> Outcome {
    let pass = PlanPass(stand.result, request: request, limits: limits)
    let orders = stand.orders(request, memory.duplicates)
    let (begins, settled) = pass.begins(stand, orders.orders, memory)
    let (attempts, knowledge) = try pass.rounds(begins, memory)
    var outcome = Outcome()
    outcome.left.ofDuplicates = orders.left
    var next = 0
    for object in stand.objects {
      if next < begins.count, begins[next].position == object.position {
        if let attempt = attempts[next] { add(attempt, knowledge, to: &outcome) }
        next += 1
      } else if let known = settled[object.position] {
        outcome.left.objects.append(known)
      }
    }
    return outcome
  }

  /// With what the pass begins with the objects that something may be done about, in the order of their
  /// positions; the others are settled.
  private func begins(
    _ stand: PlanStand, _ orders: [Int: [ObjectRepair.Step]], _ memory: PassMemory
  ) -> (begins: [PassMemory.Begin], settled: [Int: PassMemory.Known]) {
    let checks = memory.number(ofChecks: result)
    var begins: [PassMemory.Begin] = []
    for object in stand.objects {
      let (withdrawn, orders) = (limits.withdrawn[object.position], orders[object.position])
      if object.state == nil, withdrawn == nil, orders == nil,
        limits.settled[object.position] != nil
      {
        continue
      }
      begins.append(
        PassMemory.Begin(
          position: object.position, state: object.state, withdrawn: withdrawn ?? [],
          orders: orders ?? [], shared: object.shared, checks: checks,
          allowsUnsafe: request.allowsUnsafe))
    }
    return (begins, limits.settled)
  }

  // MARK: Rounds

  /// What is tried on each object in the end, nil where nothing is, and what is known then.
  private func rounds(
    _ begins: [PassMemory.Begin], _ memory: PassMemory
  ) throws(SystemError) -> ([Attempt?], Knowledge) {
    var knowledge = Knowledge()
    var attempts = [Attempt?](repeating: nil, count: begins.count)
    var open = Array(begins.indices)
    for _ in 0..<Self.maximumRounds where !open.isEmpty {
      let known = open.map { memory.known(begins[$0].position) }
      for (index, made) in zip(open, attempt(open.map { begins[$0] }, known, knowledge)) {
        attempts[index] = made?.attempt
        for known in made?.new ?? [] { memory.add(known) }
      }
      try lookUp(open.flatMap { attempts[$0]?.unknown ?? [] }, &knowledge)
      give(attempts, &knowledge)
      for index in open { knowledge.contested.formUnion(attempts[index]?.wantsGiven ?? []) }
      open = attempts.indices.filter { Self.meetsTaken(attempts[$0], knowledge) }
    }
    // What still meets a taken value after so many rounds waits for the next pass.
    for index in open { attempts[index] = nil }
    return (attempts, knowledge)
  }

  /// An attempt, and what was found out for it.
  private typealias Made = (attempt: Attempt, new: [PassMemory.Known])

  /// What one thread works with. Most objects are not looked at again: it is not made before one is.
  private final class Worker {
    private let result: LintResult
    private(set) lazy var examiner = result.examiner()
    let answers: Answers

    init(_ result: LintResult, _ limits: Limits, _ knowledge: Knowledge) {
      self.result = result
      answers = Answers(limits, knowledge)
    }
  }

  private func attempt(
    _ begins: [PassMemory.Begin], _ known: [[PassMemory.Known]], _ knowledge: Knowledge
  ) -> [Made?] {
    let parts = Workers.map(begins.count, blockSize: 256, threads: context.options.threads) {
      Worker(result, limits, knowledge)
    } block: { worker, range in
      range.map { index -> Made? in
        for known in known[index].reversed() where known.begins(as: begins[index]) {
          worker.answers.begin(begins[index].position)
          if worker.answers.repeats(known) { return (worker.answers.attempt(known), []) }
        }
        worker.answers.begin(begins[index].position)
        return repair(begins[index], isFirst: known[index].isEmpty, worker.examiner, worker.answers)
      }
    }
    return parts.flatMap { $0 }
  }

  /// What one object is told when it asks for values. One per thread.
  private final class Answers {
    private let limits: Limits
    private let knowledge: Knowledge
    private var position = 0
    private(set) var claims: [(key: KeptHash, answer: ObjectRepair.Claim?)] = []
    private(set) var kept: [(key: KeptHash, answer: Bool)] = []
    private var unknown: [KeptHash] = []
    private var wantsFreed: [KeptHash] = []
    private var wantsGiven: [KeptHash] = []

    init(_ limits: Limits, _ knowledge: Knowledge) {
      self.limits = limits
      self.knowledge = knowledge
    }

    /// From now on the object at `position` asks.
    func begin(_ position: Int) {
      self.position = position
      claims = []
      kept = []
      unknown = []
      wantsFreed = []
      wantsGiven = []
    }

    func isKept(_ key: KeptHash) -> Bool {
      let answer = limits.kept.contains(key)
      kept.append((key, answer))
      return answer
    }

    func claim(_ key: KeptHash) -> ObjectRepair.Claim? {
      let answer = find(key)
      claims.append((key, answer))
      return answer
    }

    private func find(_ key: KeptHash) -> ObjectRepair.Claim? {
      if knowledge.isHeld(key, besides: position) { return .held }
      let isFreed = limits.freed.contains(key, besides: position)
      if knowledge.isWanted(key, besides: position) {
        guard !isFreed else { return .held }
        wantsGiven.append(key)
        return .contested
      }
      if knowledge.holders[key] == nil { unknown.append(key) }
      if isFreed { wantsFreed.append(key) }
      return isFreed ? .held : nil
    }

    /// Whether all that was asked before is answered in the same way.
    func repeats(_ known: PassMemory.Known) -> Bool {
      known.claims.allSatisfy { find($0.key) == $0.answer }
        && known.kept.allSatisfy { limits.kept.contains($0.key) == $0.answer }
    }

    /// What is known of the object, with what it has asked for.
    func attempt(_ known: PassMemory.Known) -> Attempt {
      Attempt(
        known: known, unknown: unknown, wantsFreed: wantsFreed, wantsGiven: wantsGiven)
    }
  }

  /// Repairs an object. Where that `isFirst` is done and comes to nothing because only repairs that are not
  /// safe are known, it is also found out what they would be, which another pass asks for.
  private func repair(
    _ begin: PassMemory.Begin, isFirst: Bool, _ examiner: Examiner, _ answers: Answers
  ) -> Made? {
    guard examiner.read(begin.position) else { return nil }
    let (entry, attributes) = (examiner.entry, examiner.view.attributes)
    let isUnderPolicy =
      entry.has(attributes.policiesIncluded) && !entry.has(attributes.policiesExcluded)
    let repair = ObjectRepair(
      evaluator: examiner.evaluator,
      checks: result.checks[context.map.locate(begin.position).source], hash: context.hash,
      withdrawn: begin.withdrawn, shared: shared(begin.position, examiner),
      isKept: { answers.isKept($0) }
    ) { answers.claim($0) }
    var work = repair.begin(begin.state)
    let outcome = repair.repair(orders: begin.orders, &work, allowsUnsafe: begin.allowsUnsafe)
    let known = known(begin, outcome, answers, isUnderPolicy)
    let attempt = answers.attempt(known)
    guard isFirst, outcome.steps.isEmpty, outcome.dependsOnSafety, !begin.allowsUnsafe else {
      return (attempt, [known])
    }
    var next = begin
    next.allowsUnsafe = true
    answers.begin(begin.position)
    work.restart()
    let unsafe = repair.repair(orders: begin.orders, &work, allowsUnsafe: true)
    return (attempt, [known, self.known(next, unsafe, answers, isUnderPolicy)])
  }

  private func known(
    _ begin: PassMemory.Begin, _ outcome: ObjectRepair.Outcome, _ answers: Answers,
    _ isUnderPolicy: Bool
  ) -> PassMemory.Known {
    let planned = Planned(
      change: change(begin.position, outcome, isUnderPolicy), newKeys: Array(outcome.newKeys),
      left: outcome.left.filter { !$0.isWithdrawn }.map { item in
        LeftReason(
          place: LeftReason.Place(
            position: begin.position, rule: item.rule, attribute: item.attribute,
            value: item.value),
          reason: item.reason)
      },
      isSettled: outcome.steps.isEmpty && answers.claims.isEmpty && answers.kept.isEmpty
        && begin.orders.isEmpty && begin.withdrawn.isEmpty && begin.state == nil,
      dependsOnSafety: outcome.dependsOnSafety)
    return PassMemory.Known(
      begin, claims: answers.claims, kept: answers.kept, planned: planned)
  }

  private func change(
    _ position: Int, _ outcome: ObjectRepair.Outcome, _ isUnderPolicy: Bool
  ) -> PlannedObject? {
    guard !outcome.steps.isEmpty, outcome.state != outcome.original else { return nil }
    return PlannedObject(
      position: position, original: outcome.original, state: outcome.state, steps: outcome.steps,
      lost: outcome.lostKeys, isUnderAddressPolicy: isUnderPolicy)
  }

  /// The addresses of the object at `position`, which `examiner` has read, that others hold as well.
  private func shared(_ position: Int, _ examiner: Examiner) -> Set<[UInt8]> {
    var shared: Set<[UInt8]> = []
    for finding in result.findings(at: position)
    where finding.group >= 0 && ruleSet.consequence(of: finding.rule) >= .address {
      guard let value = examiner.entry.value(finding.attribute, finding.ordinal) else { continue }
      shared.insert(
        examiner.evaluator.addressText(examiner.evaluator.body(of: value, finding.attribute)))
    }
    return shared
  }

  /// Finds who holds `keys` now.
  private func lookUp(_ keys: [KeptHash], _ knowledge: inout Knowledge) throws(SystemError) {
    let wanted = Set(keys.filter { knowledge.holders[$0] == nil })
    for (hash, positions) in try result.holders(of: wanted) {
      knowledge.holders[hash] = positions
    }
    // Values with the same 60 bits of hash count as the same: at worst a repair is left undone.
    for hash in wanted where knowledge.holders[hash] == nil { knowledge.holders[hash] = [] }
  }

  /// Notes which object asks for a new value, and which values several ask for: which of them is first,
  /// in the export or by name, is an accident.
  private func give(_ attempts: [Attempt?], _ knowledge: inout Knowledge) {
    for attempt in attempts {
      guard let known = attempt?.known else { continue }
      for key in known.planned.newKeys {
        // An object that has asked for a value counts even when it finds another in a later round, so
        // that the rounds come to an end.
        let owner = knowledge.given[key, default: known.begin.position]
        knowledge.given[key] = owner
        if owner != known.begin.position { knowledge.contested.insert(key) }
      }
    }
  }

  private static func meetsTaken(_ attempt: Attempt?, _ knowledge: Knowledge) -> Bool {
    guard let known = attempt?.known else { return false }
    return known.planned.newKeys.contains {
      knowledge.isTaken($0, for: known.begin.position) ?? true
    }
  }

  // MARK: The plan

  private static func add(
    _ attempt: Attempt, _ knowledge: Knowledge, to outcome: inout Outcome
  ) {
    let known = attempt.known
    // What another holds all the same is not to be had, freed or not.
    for key in attempt.wantsFreed where !knowledge.isHeld(key, besides: known.begin.position) {
      outcome.wantsFreed.insert(key)
    }
    outcome.left.objects.append(known)
    if known.planned.isSettled { outcome.settled[known.begin.position] = known }
    if let change = known.planned.change { outcome.changes.append(change) }
  }
}
