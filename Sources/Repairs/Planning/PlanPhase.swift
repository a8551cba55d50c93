import Bytes
import Checks
import Directory
import Lint
import System

/// One phase of a search for a plan: all that can be done without causing anything new.
///
/// What is planned is tried, and what can be repaired only then is added, pass by pass. When something
/// new comes up, the phase begins anew without the steps that cause it.
struct PlanPhase {
  private let begin: PlanSearch.State
  private let first: LintResult
  private let request: RepairRequest
  private let kept: KeptValues
  /// What must not be done, by the object's position.
  private(set) var forbidden: [Int: Set<AttributeEdit>]

  /// The objects as the phase leaves them.
  private(set) var state: PlanSearch.State
  /// What passes have found out about objects.
  private let memory: PassMemory
  /// Objects that nothing can be done about, whatever becomes of others.
  private(set) var settled: [Int: PassMemory.Known]
  /// What it leaves alone, and what it had planned and took back.
  private(set) var left = LeftReasons()
  private(set) var withdrawn: [LeftReason] = []
  /// Freed values that repairs still ask for in the end.
  private(set) var wantsFreed: Set<KeptHash> = []
  /// Whether anything was done.
  private(set) var isChange = false
  /// Whether another phase would find nothing to do: nothing was withdrawn that it might try again.
  var isLast: Bool { !isChange || forbidden.isEmpty }

  /// It begins anew at most this often; each time fewer steps are possible.
  private static let maximumAttempts = 40
  /// Most have one pass with something to do, and a second without.
  private static let maximumPasses = 12

  init(
    _ state: PlanSearch.State, first: LintResult, request: RepairRequest,
    kept: KeptValues, settled: [Int: PassMemory.Known], memory: PassMemory,
    forbidden: [Int: Set<AttributeEdit>]
  ) {
    begin = state
    self.state = state
    self.first = first
    self.request = request
    self.kept = kept
    self.settled = settled
    self.memory = memory
    self.forbidden = forbidden
  }

  /// A step that must not be made.
  private struct Culprit {
    /// The object's position.
    var position: Int
    var step: ObjectRepair.Step
    /// What it would cause.
    var causes: String

    init(_ object: PlannedObject, _ step: ObjectRepair.Step, causes: String) {
      position = object.position
      self.step = step
      self.causes = causes
    }
  }

  /// Does it. Throws when the unique values cannot be read.
  mutating func run() throws(SystemError) {
    for _ in 0..<Self.maximumAttempts {
      state = begin
      isChange = false
      let culprits = try attempt()
      guard !culprits.isEmpty else { return }
      withdraw(culprits)
    }
    // It cannot be told which repairs are at fault: better nothing than something wrong.
    state = begin
    isChange = false
  }

  private mutating func withdraw(_ culprits: [Culprit]) {
    for culprit in culprits {
      let step = culprit.step
      guard forbidden[culprit.position, default: []].insert(step.edit).inserted else { continue }
      withdrawn.append(
        LeftReason(
          place: LeftReason.Place(
            position: culprit.position, rule: step.rule, attribute: step.edit.attribute,
            value: step.edit.value.old),
          reason: "would cause \(culprit.causes)"))
    }
  }

  /// Passes until nothing more can be done. Steps that cause something new come back.
  private mutating func attempt() throws(SystemError) -> [Culprit] {
    var own = ComposedPlan(first.context)
    for _ in 0..<Self.maximumPasses {
      let limits = PlanPass.Limits(
        withdrawn: forbidden, freed: state.plan.freed, kept: kept, settled: settled)
      let pass = try PlanPass.plan(state.stand, request: request, limits: limits, memory)
      wantsFreed = pass.wantsFreed
      settled.merge(pass.settled) { $1 }
      guard !pass.changes.isEmpty else {
        left = pass.left
        return []
      }
      isChange = true
      own.add(pass.changes)
      state.plan.add(pass.changes)
      state.stand = PlanStand(
        try state.result.changing(state.plan.states(of: pass.changes), memory.changes))
      let culprits = culprits(own)
      guard culprits.isEmpty else { return culprits }
    }
    return all(own, cause: "repairs without end")
  }

  /// The steps of `own` that cause something that they may not, in the order of their objects.
  private func culprits(_ own: ComposedPlan) -> [Culprit] {
    let new = NewFindings(before: begin.stand.places, after: state.result) {
      own.change(at: $0)?.isOrdered
    }
    guard !new.isEmpty else { return [] }
    // What other rules leave nothing to say may come up in a later phase: it counts as well.
    let blame = Blame(own.suspects, .all, state.result.fired, of: state.result) { finding in
      new.isObjectionable(finding, at: finding.position)
    }
    guard blame.isAnythingNew else { return [] }
    let rules = first.context.ruleSet.rules
    let culprits = blame.faults.compactMap { fault in
      own.change(at: fault.position).map { object in
        let rule = state.result.fired[fault.finding].rule
        return Culprit(object, object.steps[fault.suspect], causes: rules[Int(rule)].id)
      }
    }
    // None can be told apart: better nothing than something wrong.
    guard !culprits.isEmpty else { return all(own, cause: "a new finding") }
    return culprits.sorted { $0.position < $1.position }
  }

  private func all(_ own: ComposedPlan, cause: String) -> [Culprit] {
    own.changes.flatMap { object in object.steps.map { Culprit(object, $0, causes: cause) } }
  }
}
