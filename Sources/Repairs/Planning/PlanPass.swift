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
    var freed: [ObjectRepair.UniqueValue: Set<Int>] = [:]
    /// Values that must not be freed.
    var kept = KeptValues()
    /// Objects that nothing can be done about, and why.
    var settled: [Int: [LeftReason]] = [:]
  }

  /// What came of a pass.
  struct Outcome: Sendable {
    /// In the order of their positions.
    var changes: [PlannedObject] = []
    var left: [LeftReason] = []
    /// Values that repairs would need and that other repairs have freed.
    var wantsFreed: Set<ObjectRepair.UniqueValue> = []
    /// Unchanged objects that nothing can be done about, whatever becomes of others, and why.
    var settled: [Int: [LeftReason]] = [:]
  }

  private let result: LintResult
  private let request: RepairRequest
  private let limits: Limits
  private var context: RunContext { result.context }
  private var ruleSet: RuleSet { result.context.ruleSet }

  /// A planner for what `result` found; its run must have kept the index.
  init(_ result: LintResult, request: RepairRequest, limits: Limits) {
    self.result = result
    self.request = request
    self.limits = limits
  }

  /// The outcome for one object with findings.
  struct Planned: Sendable {
    var position: Int
    /// What comes of it; nil when nothing is changed.
    var outcome: ObjectRepair.Outcome?
    /// What is left alone.
    var left: [LeftReason]
    /// Whether that depends on nothing but the object as its source has it.
    var isSettled: Bool
    /// Values whose holders are not known yet.
    var unknown: Set<ObjectRepair.NewKey>
    /// Values that were refused because another object's repair has freed them.
    var wantsFreed: Set<ObjectRepair.NewKey>
    /// Values that were refused because the plan had given them to another object.
    var wantsGiven: Set<ObjectRepair.NewKey>
    var isUnderAddressPolicy: Bool
  }

  /// What is known of values that repairs would bring.
  private struct Knowledge: Sendable {
    /// The objects that hold a value now.
    var holders: [ObjectRepair.NewKey: [Int]] = [:]
    /// The object that asked for a value first.
    var given: [ObjectRepair.NewKey: Int] = [:]
    /// Values that several objects have asked for: no object gets them.
    var contested: Set<ObjectRepair.NewKey> = []

    /// Whether a value is another's; nil when that is not known yet.
    func isTaken(_ key: ObjectRepair.NewKey, for position: Int) -> Bool? {
      if isWanted(key, besides: position) { return true }
      return holders[key].map { list in list.contains { $0 != position } }
    }

    /// Whether another object than that at `position` has asked for a value.
    func isWanted(_ key: ObjectRepair.NewKey, besides position: Int) -> Bool {
      contested.contains(key) || given[key].map { $0 != position } ?? false
    }

    /// Whether another object than that at `position` is known to hold a value.
    func isHeld(_ key: ObjectRepair.NewKey, besides position: Int) -> Bool {
      holders[key]?.contains { $0 != position } ?? false
    }
  }

  /// Rounds of a pass; each time only objects that met a taken value are tried again.
  private static let maximumRounds = 16

  /// Plans repairs for the findings.
  ///
  /// Throws when the unique values are in a file that cannot be read.
  func plan(_ memory: inout PassMemory) throws(SystemError) -> Outcome {
    memory.use(result)
    var knowledge = Knowledge()
    var leftDuplicates: [LeftReason] = []
    let orders = DuplicateOrders(result, request: request).orders(&leftDuplicates)
    var positions: [Int] = []
    for finding in result.findings where positions.last != finding.position {
      positions.append(finding.position)
    }
    var planned: [Int: Planned] = [:]
    var open = positions.filter { settled($0, orders) == nil }
    let considered = open
    for _ in 0..<Self.maximumRounds where !open.isEmpty {
      for (object, known) in repair(open, orders, knowledge, memory) {
        planned[object.position] = object
        if let known { memory.add(known, at: object.position) }
      }
      try lookUp(open.flatMap { planned[$0]?.unknown ?? [] }, &knowledge)
      give(considered, planned, &knowledge)
      for position in open { knowledge.contested.formUnion(planned[position]?.wantsGiven ?? []) }
      open = considered.filter { Self.meetsTaken(planned[$0], knowledge) }
    }
    // What still meets a taken value after so many rounds waits for the next pass.
    for position in open { planned[position] = nil }
    var outcome = Outcome()
    outcome.left = leftDuplicates
    for position in positions {
      if let left = settled(position, orders) {
        outcome.left += left
      } else if let object = planned[position] {
        add(object, knowledge, to: &outcome)
      }
    }
    return outcome
  }

  /// Why nothing can be done about the object at `position`, when that is known.
  private func settled(_ position: Int, _ orders: [Int: [ObjectRepair.Step]]) -> [LeftReason]? {
    guard context.changed[position] == nil, orders[position] == nil,
      limits.withdrawn[position] == nil
    else { return nil }
    return limits.settled[position]
  }

  // MARK: Rounds

  private func repair(
    _ positions: [Int], _ orders: [Int: [ObjectRepair.Step]], _ knowledge: Knowledge,
    _ memory: PassMemory
  ) -> [(object: Planned, known: PassMemory.Known?)] {
    let parts = Workers.map(positions.count, blockSize: 256, threads: context.options.threads) {
      result.examiner()
    } block: { examiner, range in
      var planned: [(object: Planned, known: PassMemory.Known?)] = []
      for position in positions[range] {
        let mine = orders[position] ?? []
        var answers = Answers(self, position, knowledge)
        let begin = self.begin(position, mine)
        if let known = memory.known(position), known.beginsAs(begin), answers.repeats(known),
          var object = known.planned
        {
          answers.complete(&object)
          planned.append((object, nil))
        } else if let made = repair(position, examiner, mine, knowledge, begin) {
          planned.append((made.object, made.known))
        }
      }
      return planned
    }
    return parts.flatMap { $0 }
  }

  /// With what a pass begins with the object at `position`.
  private func begin(_ position: Int, _ orders: [ObjectRepair.Step]) -> PassMemory.Known {
    PassMemory.Known(
      state: context.changed[position], withdrawn: limits.withdrawn[position] ?? [],
      orders: orders.map(\.edit),
      shared: result.findings(at: position).lazy.filter { $0.group >= 0 }
        .map { ValuePlace(attribute: $0.attribute, ordinal: $0.ordinal) })
  }

  /// What one object is told when it asks for values.
  private struct Answers {
    private let pass: PlanPass
    private let position: Int
    private let knowledge: Knowledge
    var claims: [(key: ObjectRepair.NewKey, answer: ObjectRepair.Claim?)] = []
    var kept: [(key: ObjectRepair.NewKey, answer: Bool)] = []
    private var unknown: Set<ObjectRepair.NewKey> = []
    private var wantsFreed: Set<ObjectRepair.NewKey> = []
    private var wantsGiven: Set<ObjectRepair.NewKey> = []

    init(_ pass: PlanPass, _ position: Int, _ knowledge: Knowledge) {
      self.pass = pass
      self.position = position
      self.knowledge = knowledge
    }

    mutating func isKept(_ key: ObjectRepair.NewKey) -> Bool {
      let answer = pass.limits.kept.contains(key.value)
      kept.append((key, answer))
      return answer
    }

    mutating func claim(_ key: ObjectRepair.NewKey) -> ObjectRepair.Claim? {
      let answer = find(key)
      claims.append((key, answer))
      return answer
    }

    private mutating func find(_ key: ObjectRepair.NewKey) -> ObjectRepair.Claim? {
      if knowledge.isHeld(key, besides: position) { return .held }
      let isFreed = pass.limits.freed[key.value]?.contains { $0 != position } ?? false
      if knowledge.isWanted(key, besides: position) {
        guard !isFreed else { return .held }
        wantsGiven.insert(key)
        return .contested
      }
      if knowledge.holders[key] == nil { unknown.insert(key) }
      if isFreed { wantsFreed.insert(key) }
      return isFreed ? .held : nil
    }

    /// Whether all that was asked before is answered in the same way.
    mutating func repeats(_ known: PassMemory.Known) -> Bool {
      for (key, answer) in known.claims where claim(key) != answer { return false }
      for (key, answer) in known.kept where isKept(key) != answer { return false }
      return true
    }

    /// Says in `object` what it has asked for.
    func complete(_ object: inout Planned) {
      object.unknown = unknown
      object.wantsFreed = wantsFreed
      object.wantsGiven = wantsGiven
    }
  }

  private func repair(
    _ position: Int, _ examiner: Examiner, _ orders: [ObjectRepair.Step], _ knowledge: Knowledge,
    _ begin: PassMemory.Known
  ) -> (object: Planned, known: PassMemory.Known)? {
    guard examiner.read(position) else { return nil }
    let (entry, attributes) = (examiner.entry, examiner.view.attributes)
    let isUnderPolicy =
      entry.has(attributes.policiesIncluded) && !entry.has(attributes.policiesExcluded)
    var answers = Answers(self, position, knowledge)
    let repair = ObjectRepair(
      evaluator: examiner.evaluator, checks: result.checks[context.map.locate(position).source],
      hash: context.hash,
      allowsUnsafe: request.allowsUnsafe, withdrawn: begin.withdrawn,
      shared: shared(position, examiner), isKept: { answers.isKept($0) }
    ) { answers.claim($0) }
    let outcome = repair.repair(orders: orders)
    var object = Planned(
      position: position, outcome: outcome.steps.isEmpty ? nil : outcome,
      left: outcome.left.filter { !$0.isWithdrawn }.map { item in
        LeftReason(
          place: LeftReason.Place(
            position: position, rule: item.rule, attribute: item.attribute, value: item.value),
          reason: item.reason)
      },
      isSettled: outcome.steps.isEmpty && answers.claims.isEmpty && answers.kept.isEmpty
        && orders.isEmpty && begin.withdrawn.isEmpty && begin.state == nil,
      unknown: [], wantsFreed: [], wantsGiven: [], isUnderAddressPolicy: isUnderPolicy)
    answers.complete(&object)
    var known = begin
    known.claims = answers.claims
    known.kept = answers.kept
    known.planned = object
    return (object, known)
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
  private func lookUp(_ keys: [ObjectRepair.NewKey], _ knowledge: inout Knowledge)
    throws(SystemError)
  {
    var byPartition: [Int: Set<KeptHash>] = [:]
    for key in keys where knowledge.holders[key] == nil {
      byPartition[key.hash.partition, default: []].insert(key.hash)
    }
    let partitions = byPartition.keys.sorted()
    let found = Slots<[KeptHash: [Int]]>(count: partitions.count)
    let wanted = byPartition
    let failure = Mutex<SystemError?>(nil)
    Workers.run(threads: context.options.threads, count: partitions.count) { _, next in
      do throws(SystemError) {
        while let number = next() {
          let partition = partitions[number]
          found.set(number, try result.holders(of: wanted[partition] ?? [], in: partition))
        }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    let holders = found.all.reduce(into: [KeptHash: [Int]]()) { all, part in
      all.merge(part) { $0 + $1 }
    }
    // Values with the same 60 bits of hash count as the same: at worst a repair is left undone.
    for key in keys where knowledge.holders[key] == nil {
      knowledge.holders[key] = holders[key.hash] ?? []
    }
  }

  /// Notes which object asks for a new value, and which values several ask for: which of them is first,
  /// in the export or by name, is an accident.
  private func give(
    _ positions: [Int], _ planned: [Int: Planned], _ knowledge: inout Knowledge
  ) {
    for position in positions {
      for key in planned[position]?.outcome?.newKeys ?? [] {
        // An object that has asked for a value counts even when it finds another in a later round, so
        // that the rounds come to an end.
        let owner = knowledge.given[key, default: position]
        knowledge.given[key] = owner
        if owner != position { knowledge.contested.insert(key) }
      }
    }
  }

  private static func meetsTaken(_ planned: Planned?, _ knowledge: Knowledge) -> Bool {
    guard let planned, let outcome = planned.outcome else { return false }
    return outcome.newKeys.contains { knowledge.isTaken($0, for: planned.position) ?? true }
  }

  // MARK: The plan

  private func add(_ object: Planned, _ knowledge: Knowledge, to result: inout Outcome) {
    // What another holds all the same is not to be had, freed or not.
    let wanted = object.wantsFreed.filter { !knowledge.isHeld($0, besides: object.position) }
    result.wantsFreed.formUnion(wanted.map(\.value))
    result.left += object.left
    if object.isSettled { result.settled[object.position] = object.left }
    guard let outcome = object.outcome, outcome.state != outcome.original else { return }
    result.changes.append(
      PlannedObject(
        position: object.position, original: outcome.original, state: outcome.state,
        steps: outcome.steps, lost: outcome.lostValues,
        isUnderAddressPolicy: object.isUnderAddressPolicy))
  }
}
