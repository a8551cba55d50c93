import Bytes
import Checks
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
///     PlanSearch       a plan, begun anew with what it must not free         12 rounds of 12 starts
///     └─ PlanPhase     all that causes nothing new                           12 a start
///        └─ attempt    anew, without the steps that have caused something    40 a phase
///           └─ PlanPass      all objects with findings, and what that allows 12 an attempt
///              └─ round      those that met a value given to another         16 a pass
///                 └─ ObjectRepair   one object, step by step                 256 steps
struct PlanSearch {
  private let result: LintResult
  private let request: RepairRequest
  private var state: State
  private var left: [LeftAlone] = []
  private var withdrawn: [LeftAlone] = []
  private var settled: [Int: [LeftAlone]] = [:]

  /// A search begins anew at most this often, each time with less to do.
  private static let maximumStarts = 12
  private static let maximumPhases = 12

  /// The objects as they have become, and how.
  struct State {
    var plan: ComposedPlan
    var result: LintResult
  }

  /// A plan for the findings of `result`, whose run must have kept its index. Throws when the unique
  /// values cannot be read.
  static func plan(
    _ result: LintResult, request: RepairRequest
  ) throws(SystemError) -> RepairPlan {
    var search = PlanSearch(result, request: request)
    return try search.run()
  }

  private init(_ result: LintResult, request: RepairRequest) {
    self.result = result
    self.request = request
    state = State(plan: ComposedPlan(result.context), result: result)
  }

  private mutating func run() throws(SystemError) -> RepairPlan {
    for _ in 0..<Self.maximumStarts {
      // What was kept may not have to be now: the next plan would see to that.
      guard try round() else { break }
    }
    return RepairPlan(objects: state.plan.edits, left: left, withdrawn: withdrawn)
  }

  /// Does all that can be done without freeing what would then be taken; whether there may be more.
  private mutating func round() throws(SystemError) -> Bool {
    let begin = state
    var kept = KeptValues()
    var isChange = false
    for _ in 0..<Self.maximumStarts {
      state = begin
      let wantsFreed: Set<ObjectRepair.UniqueValue>
      (isChange, wantsFreed) = try grow(kept)
      guard !wantsFreed.isEmpty else { break }
      kept.add(wantsFreed)
    }
    return isChange && !kept.isEmpty
  }

  /// Phases until nothing more is done: whether anything was, and the freed values that repairs
  /// still ask for.
  private mutating func grow(
    _ kept: KeptValues
  ) throws(SystemError) -> (isChange: Bool, wantsFreed: Set<ObjectRepair.UniqueValue>) {
    var isChange = false
    for _ in 0..<Self.maximumPhases {
      var phase = PlanPhase(
        state, first: result, request: request, kept: kept, settled: settled)
      try phase.run()
      state = phase.state
      left = phase.left
      withdrawn = phase.withdrawn
      settled = phase.settled
      isChange = isChange || phase.isChange
      guard !phase.isLast else { return (isChange, phase.wantsFreed) }
    }
    return (isChange, [])
  }
}
