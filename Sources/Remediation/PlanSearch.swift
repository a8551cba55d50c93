import Bytes
import Checks
import Lint

/// Looks for a plan that is right as a whole, by trying plans on copies of the sources.
///
/// A plan grows in phases: each begins with the objects as the phase before has left them, and the
/// last is one that finds nothing to do, so a second plan for the repaired objects is empty. Values
/// that the plan frees are given to nobody in any phase. Where a repair would need one, the next plan
/// would take it; so the repair that frees it is not made either, and both are left to a person.
struct PlanSearch {
  private let result: LintResult
  private let request: RepairRequest
  private let folder: String
  private var state: State
  private var left: [LeftAlone] = []
  private var withdrawn: [LeftAlone] = []

  /// A search begins anew at most this often, each time with less to do.
  private static let maximumStarts = 12
  private static let maximumPhases = 12

  /// The objects as they have become, and how.
  struct State {
    var plan: ComposedPlan
    var result: LintResult
    /// Where the object at a position of `result` was at first.
    var origin: @Sendable (Int) -> Int = { $0 }
  }

  init(_ result: LintResult, request: RepairRequest, spoolFolder: String) {
    self.result = result
    self.request = request
    folder = spoolFolder
    state = State(plan: ComposedPlan(result.context), result: result)
  }

  /// The plan. Throws when a copy cannot be written or read.
  mutating func run() throws(SystemError) -> VerifiedPlan {
    for _ in 0..<Self.maximumStarts {
      // What was kept may not have to be now: the next plan would see to that.
      guard try round() else { break }
    }
    return VerifiedPlan(
      plan: RepairPlan(objects: state.plan.changes, left: left, withdrawn: withdrawn),
      before: result.findingCount, after: state.result.findingCount, new: 0)
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
        state, first: result, request: request, kept: kept, spoolFolder: folder)
      try phase.run()
      state = phase.state
      left = phase.left
      withdrawn = phase.withdrawn
      guard phase.isChange else { return (isChange, phase.wantsFreed) }
      isChange = true
    }
    return (isChange, [])
  }
}
