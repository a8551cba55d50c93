import Bytes
import Checks
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

  /// Plans until nothing new comes up and nothing more can be repaired, and tries the plan.
  ///
  /// Throws when a copy cannot be written or read. When `isLast`, nothing else can be planned for
  /// `result`: its unique values make room for those of the trial.
  public static func make(
    _ result: LintResult, request: RepairRequest, spoolFolder: String, isLast: Bool = false
  ) throws(SystemError) -> VerifiedPlan {
    let plan = try PlanSearch.plan(result, request: request)
    if isLast { result.releaseIndex() }
    return try trial(of: plan, on: result, spoolFolder: spoolFolder)
  }

  /// Applies `plan` to copies of the sources and lints those like any others: what made the plan
  /// has no part in it.
  private static func trial(
    of plan: RepairPlan, on result: LintResult, spoolFolder: String
  ) throws(SystemError) -> VerifiedPlan {
    let before = result.findingCount
    guard !plan.objects.isEmpty else {
      return VerifiedPlan(plan: plan, before: before, after: before, new: 0)
    }
    let patched = try PatchedSources(result.context, spoolFolder: spoolFolder).apply(plan.objects)
    let after = try LintRun(repeating: result, over: patched.sources).run()
    let known = result.findingPlaces()
    let new = after.findings.count { finding in
      let (source, offset) = after.context.map.locate(finding.position)
      let start = result.context.map.start(of: source)
      return !known.contains(
        finding.place(at: start + patched.origins.before(offset, source: source)))
    }
    return VerifiedPlan(plan: plan, before: before, after: after.findingCount, new: new)
  }
}
