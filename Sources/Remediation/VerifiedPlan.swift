import Bytes
import Checks
import Lint

/// A plan that has been tried: applied to a copy of the sources, and everything linted again.
public struct VerifiedPlan: Sendable {
  /// The plan, without what was withdrawn.
  public var plan: RepairPlan
  /// Findings before.
  public var before: Int
  /// Findings after.
  public var after: Int
  /// Findings that were not there before; 0 unless repairs could not be told apart.
  public var new: Int

  /// Findings that are gone.
  public var repaired: Int { before - after + new }

  /// Plans and tries until nothing new comes up and nothing more can be repaired. Throws when a
  /// copy cannot be written or read.
  public static func make(
    _ result: LintResult, request: RepairRequest, spoolFolder: String
  ) throws(SystemError) -> VerifiedPlan {
    var search = PlanSearch(result, request: request, spoolFolder: spoolFolder)
    return try search.run()
  }
}
