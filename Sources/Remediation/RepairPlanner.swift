import Bytes
import Checks
import Directory
import Lint
import RulePacks
import Synchronization

/// Decides about repairs of all objects of a run together, as far as one look at them goes.
///
/// Objects are repaired one by one on copies; a new value is accepted only where no object of any
/// source holds it, in scope or not, and where the plan has not given it to another. What a repair
/// frees is given to nobody. The result depends on the data alone, not on threads.
struct RepairPlanner: Sendable {
  /// What earlier looks have to say about this one. Objects are called by where they were at first.
  struct Limits: Sendable {
    /// What must not be done, by object.
    var withdrawn: [Int: Set<ObjectRepair.Edit>] = [:]
    /// Values that repairs have freed, and the objects that held them.
    var freed: [ObjectRepair.UniqueValue: Set<Int>] = [:]
    /// Values that must not be freed.
    var kept = KeptValues()
    /// Where the object at a position was at first.
    var origin: @Sendable (Int) -> Int = { $0 }
  }

  /// What is to be changed of one object.
  struct Change: Sendable {
    /// Where the object was at first.
    var origin: Int
    /// The values before and after.
    var original: ObjectState
    var state: ObjectState
    var reasons: [ObjectChange.Reason]
    /// What the reasons are about, one for one.
    var edits: [ObjectRepair.Edit]
    var lost: Set<ObjectRepair.UniqueValue>
    var isUnderAddressPolicy: Bool
  }

  /// What came of a look.
  struct Outcome: Sendable {
    /// In the order of their positions.
    var changes: [Change] = []
    var left: [LeftAlone] = []
    /// Values that repairs would need and that other repairs have freed.
    var wantsFreed: Set<ObjectRepair.UniqueValue> = []
  }

  private let result: LintResult
  private let request: RepairRequest
  private let limits: Limits
  private var context: RunContext { result.context }

  /// A planner for what `result` found; its run must have kept the index.
  init(_ result: LintResult, request: RepairRequest, limits: Limits) {
    self.result = result
    self.request = request
    self.limits = limits
  }

  /// The outcome for one object with findings.
  private struct Planned: Sendable {
    var position: Int
    var outcome: ObjectRepair.Outcome
    /// Values that nobody has looked up yet.
    var unknown: Set<ObjectRepair.NewKey>
    /// Values that were refused because another object's repair has freed them.
    var wantsFreed: Set<ObjectRepair.UniqueValue>
    var isUnderAddressPolicy: Bool
  }

  /// What is known of values that repairs would bring.
  private struct Knowledge: Sendable {
    /// The objects that hold a value now.
    var holders: [ObjectRepair.NewKey: [Int]] = [:]
    /// The object to which the plan has given a value.
    var given: [ObjectRepair.NewKey: Int] = [:]

    /// Whether a value is another's; nil when nobody has looked.
    func isTaken(_ key: ObjectRepair.NewKey, for position: Int) -> Bool? {
      if let owner = given[key], owner != position { return true }
      return holders[key].map { list in list.contains { $0 != position } }
    }
  }

  /// A plan repeats itself at most this often; each time only objects that met a taken value.
  private static let maximumRounds = 16

  /// Plans repairs for the findings.
  ///
  /// Throws when the unique values are in a file that cannot be read.
  func plan() throws(SystemError) -> Outcome {
    var knowledge = Knowledge()
    var leftDuplicates: [LeftAlone] = []
    let orders = DuplicateOrders(result, request: request).orders(&leftDuplicates)
    var positions: [Int] = []
    for finding in result.findings where positions.last != finding.position {
      positions.append(finding.position)
    }
    var planned: [Int: Planned] = [:]
    var open = positions
    for _ in 0..<Self.maximumRounds where !open.isEmpty {
      for object in repair(open, orders, knowledge) { planned[object.position] = object }
      try lookUp(open.flatMap { planned[$0]?.unknown ?? [] }, &knowledge)
      give(positions, planned, &knowledge)
      open = positions.filter { Self.meetsTaken(planned[$0], knowledge) }
    }
    // What still meets a taken value after so many rounds waits for the next look.
    let stuck = Set(open)
    return outcome(
      positions.filter { !stuck.contains($0) }.compactMap { planned[$0] }, leftDuplicates)
  }

  // MARK: Rounds

  private func repair(
    _ positions: [Int], _ orders: [Int: [ObjectRepair.Order]], _ knowledge: Knowledge
  ) -> [Planned] {
    let blockSize = 256
    let blocks = (positions.count + blockSize - 1) / blockSize
    let results = Slots<[Planned]>(count: blocks)
    Workers.run(threads: context.options.threads, count: blocks) { _, next in
      let judge = Judge(context.ruleSet)
      judge.masterAccounts = result.masters
      var reader = ObjectReader(context)
      while let number = next() {
        let range = number * blockSize..<min((number + 1) * blockSize, positions.count)
        results.set(
          number,
          positions[range].compactMap { repair($0, judge, &reader, orders, knowledge) })
      }
    }
    return results.all.flatMap { $0 }
  }

  private func repair(
    _ position: Int, _ judge: Judge, _ reader: inout ObjectReader,
    _ orders: [Int: [ObjectRepair.Order]], _ knowledge: Knowledge
  ) -> Planned? {
    guard reader.read(position, into: judge) else { return nil }
    let attributes = judge.attributes
    let isUnderPolicy =
      judge.entry.has(attributes.policiesIncluded) && !judge.entry.has(attributes.policiesExcluded)
    let origin = limits.origin(position)
    var unknown: Set<ObjectRepair.NewKey> = []
    var wantsFreed: Set<ObjectRepair.UniqueValue> = []
    let repair = ObjectRepair(
      judge: judge, plan: result.plans[context.map.locate(position).source], hash: context.hash,
      allowsUnsafe: request.allowsUnsafe, withdrawn: limits.withdrawn[origin] ?? [],
      isKept: { limits.kept.mustStay($0, at: position, in: result) }
    ) { key in
      let isTaken = knowledge.isTaken(key, for: position)
      if isTaken == true { return true }
      if let owners = limits.freed[key.value], owners.contains(where: { $0 != origin }) {
        wantsFreed.insert(key.value)
        return true
      }
      if isTaken == nil { unknown.insert(key) }
      return false
    }
    let outcome = repair.repair(orders: orders[position] ?? [])
    return Planned(
      position: position, outcome: outcome, unknown: unknown, wantsFreed: wantsFreed,
      isUnderAddressPolicy: isUnderPolicy)
  }

  /// Finds who holds `keys` now.
  private func lookUp(_ keys: [ObjectRepair.NewKey], _ knowledge: inout Knowledge)
    throws(SystemError)
  {
    var byPartition: [Int: Set<UInt64>] = [:]
    for key in keys where knowledge.holders[key] == nil {
      byPartition[Int(key.hash >> 56), default: []].insert(key.hash)
    }
    let partitions = byPartition.keys.sorted()
    let found = Slots<[UInt64: [Int]]>(count: partitions.count)
    let wanted = byPartition
    let failure = Mutex<SystemError?>(nil)
    if let index = result.index {
      Workers.run(threads: context.options.threads, count: partitions.count) { _, next in
        do throws(SystemError) {
          while let number = next() {
            let partition = partitions[number]
            found.set(number, try index.holders(of: wanted[partition] ?? [], in: partition))
          }
        } catch {
          failure.withLock { $0 = error }
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    let holders = found.all.reduce(into: [UInt64: [Int]]()) { all, part in
      all.merge(part) { $0 + $1 }
    }
    // Values with the same 60 bits of hash count as the same: at worst a repair is left undone.
    for key in keys where knowledge.holders[key] == nil {
      knowledge.holders[key] = holders[key.hash] ?? []
    }
  }

  /// Gives every new value to the first object that asks for it: by source and DN, since the order
  /// of the objects in an export is an accident.
  private func give(
    _ positions: [Int], _ planned: [Int: Planned], _ knowledge: inout Knowledge
  ) {
    var given: [ObjectRepair.NewKey: Int] = [:]
    let asking = positions.compactMap { planned[$0] }.filter { !$0.outcome.newKeys.isEmpty }
    let ordered = asking.map { (context.map.locate($0.position).source, $0) }.sorted {
      guard $0.0 == $1.0 else { return $0.0 < $1.0 }
      return $0.1.outcome.state.dn.lexicographicallyPrecedes($1.1.outcome.state.dn)
    }
    for (_, object) in ordered {
      for key in object.outcome.newKeys where given[key] == nil { given[key] = object.position }
    }
    // Who has asked for a value keeps it even when it finds another in a later round, so that
    // the rounds come to an end.
    knowledge.given.merge(given) { old, _ in old }
  }

  private static func meetsTaken(_ planned: Planned?, _ knowledge: Knowledge) -> Bool {
    guard let planned else { return false }
    return planned.outcome.newKeys.contains {
      knowledge.isTaken($0, for: planned.position) ?? true
    }
  }

  // MARK: The plan

  private func outcome(_ objects: [Planned], _ left: [LeftAlone]) -> Outcome {
    var outcome = Outcome()
    outcome.left = left
    for object in objects {
      outcome.wantsFreed.formUnion(object.wantsFreed)
      let (original, state) = (object.outcome.original, object.outcome.state)
      for item in object.outcome.left where !item.isWithdrawn {
        outcome.left.append(leftAlone(item, original.dn))
      }
      guard state != original else { continue }
      outcome.changes.append(
        Change(
          origin: limits.origin(object.position), original: original, state: state,
          reasons: object.outcome.steps.map(reason), edits: object.outcome.steps.map(\.edit),
          lost: object.outcome.lostValues, isUnderAddressPolicy: object.isUnderAddressPolicy))
    }
    return outcome
  }

  private func ruleName(_ number: Int) -> String {
    let rule = context.ruleSet.rules[number]
    return "\(rule.id) \(rule.name)"
  }

  private func reason(_ step: ObjectRepair.Step) -> ObjectChange.Reason {
    ObjectChange.Reason(
      rule: ruleName(step.rule), attribute: context.ruleSet.table.name(step.attribute),
      old: step.old, new: step.new, isSafe: step.isSafe, text: step.reason)
  }

  private func leftAlone(_ item: ObjectRepair.Left, _ dn: [UInt8]) -> LeftAlone {
    LeftAlone(
      rule: ruleName(item.rule), dn: dn,
      attribute: item.attribute.index == .max
        ? "dn" : context.ruleSet.table.name(item.attribute),
      value: item.value, reason: item.reason)
  }
}
