import Lint
import System

/// A plan that has been tried: applied to a copy of the sources, and everything linted again.
public struct VerifiedPlan: Sendable {
  /// The plan, without what was withdrawn.
  public var plan: RepairPlan
  /// Findings before.
  public var before: Int
  /// Findings after.
  public var after: Int
  /// Findings that were not there before; 0, unless the plan was made for something else.
  public var new: Int

  /// Findings that are gone.
  public var repaired: Int { before - after + new }

  /// `plan`, of which `trial` is one.
  init(_ plan: RepairPlan, _ trial: PlanTrial) {
    self.plan = plan
    before = trial.before.findingCount
    after = trial.after.findingCount
    new = trial.newCount
  }

  /// Plans until nothing new comes up and nothing more can be repaired, and tries the plan.
  ///
  /// Throws when a copy cannot be written or read. When `isLast`, nothing else can be planned for
  /// `result`: its unique values make room for those of the trial.
  public static func make(
    _ result: LintResult, request: RepairRequest, spoolFolder: String, isLast: Bool = false
  ) throws(SystemError) -> VerifiedPlan {
    let plan = try PlanSearch.plan(result, request: request)
    if isLast { result.releaseIndex() }
    return VerifiedPlan(
      plan, try PlanTrial(plan.objects, on: result, spoolFolder: spoolFolder))
  }
}
