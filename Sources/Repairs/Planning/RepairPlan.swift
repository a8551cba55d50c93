import Findings
import Lint
import System

/// A plan of repairs over all sources.
public struct RepairPlan: Sendable {
  /// The objects to change, in the order of the sources.
  public var objects: [ObjectEdit] = []
  let values: PlannedValues
  /// What is found when it is carried out; nil for a plan that people have made.
  let after: LintResult?

  init(
    objects: [ObjectEdit] = [], values: PlannedValues = PlannedValues(), after: LintResult? = nil
  ) {
    self.objects = objects
    self.values = values
    self.after = after
  }

  /// What is found when it is carried out, and why it is left, in the order of the sources: all that
  /// `fix` counts as left.
  public var left: [LeftAlone] {
    guard var after else { return [] }
    after.proposals = .plan(values)
    var left: [LeftAlone] = []
    after.render { objects, _ in
      objects.flatMap { $0 }.map { finding in
        LeftAlone(
          rule: "\(finding.rule) \(finding.name)", dn: finding.dn,
          attribute: finding.attribute ?? "", value: finding.value,
          reason: finding.proposal?.reason ?? "No repair is known.")
      }
    } consume: { part in
      left += part
      return true
    }
    return left
  }
}

extension LintResult {
  /// The same with what the plan of the whole run would write as proposals: of each value what a safe
  /// plan makes of it and, where that leaves something, what an unsafe one does.
  ///
  /// The run must have kept its index, of which nothing else can be asked then. Throws when the unique
  /// values cannot be read.
  public func proposing() throws(SystemError) -> LintResult {
    var request = RepairRequest()
    request.allowsUnsafe = true
    let plan = try PlanSearch.plan(self, request: request)
    releaseIndex()
    var result = self
    result.proposals = .plan(plan.values)
    return result
  }
}
