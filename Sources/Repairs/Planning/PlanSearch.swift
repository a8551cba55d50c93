import Bytes
import Checks
import Directory
import Lint
import System

/// Looks for a plan that is right as a whole, by trying plans on the objects in memory.
///
/// A plan grows in phases: each begins with the objects as the phase before has left them, and the
/// last is one that finds nothing to do, so a second plan for the repaired objects is empty. Values
/// that the plan frees are given to nobody in any phase. Where a repair would need one, the next plan
/// would take it; so the repair that frees it is not made either, and both are left to a person.
///
/// The loops, each of which ends when there is nothing more to do, and at a bound that is never met in
/// practice:
///
///     plan             cycles, until one finds nothing to do                 12 and one
///     └─ cycle         safe and then all repairs, without freeing what they ask for  12 times
///        └─ goingOn    all repairs and safe ones by turns                    12 times
///           └─ run     begun anew with what it must not free                 12 rounds of 12 starts
///              └─ PlanPhase     all that causes nothing new                  12 a start
///                 └─ attempt    anew, without the steps that have caused something    40 a phase
///                    └─ PlanPass      all objects with findings, and what that allows 12 an attempt
///                       └─ round      those that met a value given to another         16 a pass
///                          └─ ObjectRepair   one object, step by step                 256 steps
struct PlanSearch {
  private let result: LintResult
  private var request = RepairRequest()
  private var state: State
  private var left = LeftReasons()
  private var withdrawn: [LeftReason] = []
  private var settled: [Int: PassMemory.Known] = [:]
  private let memory: PassMemory
  /// Values that must not be freed, whatever comes up.
  private var always = KeptValues()
  /// Freed values that repairs still ask for in the end.
  private var wantsFreed: Set<KeptHash> = []

  /// A search begins anew at most this often, each time with less to do.
  private static let maximumStarts = 12
  private static let maximumPhases = 12

  /// The objects as they have become, and how.
  struct State {
    var plan: ComposedPlan
    var stand: PlanStand
    var result: LintResult { stand.result }
  }

  /// A plan for the findings of `result`, whose run must have kept its index. Throws when the unique
  /// values cannot be read.
  ///
  /// Two plans are made, one in the other: the safe one, and what else can be done after it. What the
  /// second would need of what the first frees, the next plan would take; so the first does not free it,
  /// whether the second is wanted or not.
  static func plan(
    _ result: LintResult, request: RepairRequest
  ) throws(SystemError) -> RepairPlan {
    var (safe, all) = try PlanSearch(result, PassMemory()).cycle()
    let first = safe
    // What must not be freed at first may be in the end: the next plan would see to that.
    var known = 0
    for _ in 0..<maximumStarts where all.state.plan.steps > known {
      known = all.state.plan.steps
      (safe, all) = try all.restarted().cycle()
    }
    guard request.allowsUnsafe else {
      return first.plan(
        PlannedValues(first.state.plan.changes, left: first.left.all + first.withdrawn))
    }
    return all.plan(
      PlannedValues(
        all.state.plan.changes, safe: first.state.plan.changes, left: all.left.all + all.withdrawn))
  }

  /// The safe plan from here on, and what else can be done after it. Nothing is freed in it that it
  /// would need.
  private func cycle() throws(SystemError) -> (safe: PlanSearch, all: PlanSearch) {
    var safe = self
    var all = self
    var kept = KeptValues()
    for _ in 0..<Self.maximumStarts {
      safe = restarted(keeping: kept)
      try safe.run()
      all = try safe.goingOn()
      guard !all.wantsFreed.isEmpty, kept.add(all.wantsFreed) else { break }
    }
    return (safe, all)
  }

  private init(_ result: LintResult, _ memory: PassMemory) {
    self.result = result
    self.memory = memory
    state = State(plan: ComposedPlan(result.context), stand: PlanStand(result))
  }

  /// The search that goes on where this one, for safe repairs, has ended: with all repairs, and with
  /// safe ones that those have made possible, until neither finds anything to do, as the next plan would.
  private func goingOn() throws(SystemError) -> PlanSearch {
    var search = restarted(keeping: always)
    for _ in 0..<Self.maximumStarts {
      search.request.allowsUnsafe = true
      try search.run()
      var next = search.restarted(keeping: always)
      try next.run()
      guard next.state.plan.steps > search.state.plan.steps else { break }
      search = next.restarted(keeping: always)
    }
    return search
  }

  /// A search for safe repairs from here on.
  private func restarted(keeping kept: KeptValues = KeptValues()) -> PlanSearch {
    var search = PlanSearch(result, memory)
    search.state = state
    search.always = kept
    return search
  }

  private mutating func run() throws(SystemError) {
    for _ in 0..<Self.maximumStarts {
      // What was kept may not have to be now: the next plan would see to that.
      guard try round() else { break }
    }
  }

  private func plan(_ values: PlannedValues) -> RepairPlan {
    RepairPlan(objects: state.plan.edits, values: values, after: state.result)
  }

  /// Does all that can be done without freeing what would then be taken; whether there may be more.
  private mutating func round() throws(SystemError) -> Bool {
    let begin = state
    var kept = always
    var isChange = false
    var forbidden: [Int: Set<AttributeEdit>] = [:]
    for _ in 0..<Self.maximumStarts {
      state = begin
      isChange = try grow(kept, &forbidden)
      guard !wantsFreed.isEmpty, kept.add(wantsFreed) else { break }
    }
    return isChange && !kept.isEmpty
  }

  /// Phases until nothing more is done, the first without what is `forbidden`, which is then what it
  /// has found to do harm: whether anything was done.
  private mutating func grow(
    _ kept: KeptValues, _ forbidden: inout [Int: Set<AttributeEdit>]
  ) throws(SystemError) -> Bool {
    var isChange = false
    wantsFreed = []
    for number in 0..<Self.maximumPhases {
      var phase = PlanPhase(
        state, first: result, request: request, kept: kept, settled: settled, memory: memory,
        forbidden: number == 0 ? forbidden : [:])
      try phase.run()
      state = phase.state
      left = phase.left
      withdrawn = phase.withdrawn
      settled = phase.settled
      if number == 0 { forbidden = phase.forbidden }
      isChange = isChange || phase.isChange
      guard !phase.isLast else {
        wantsFreed = phase.wantsFreed
        break
      }
    }
    return isChange
  }
}
