import Bytes
import Checks
import Directory
import LDIF
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

  /// A plan is tried again at most this often, each time without what caused something new.
  private static let maximumTries = 8

  /// Plans and tries until nothing new comes up. Throws when a copy cannot be written or read.
  public static func make(
    _ result: LintResult, request: RepairRequest, spoolFolder: String
  ) throws(SystemError) -> VerifiedPlan {
    let planner = RepairPlanner(result, request: request)
    let before = result.findingKeys()
    var excluded: Set<Int> = []
    var withdrawn: [LeftAlone] = []
    var attempt = 0
    while true {
      attempt += 1
      var plan = try planner.plan(excluding: excluded)
      let outcome = try check(plan, result, before, spoolFolder)
      if outcome.guilty.isEmpty || attempt == maximumTries {
        plan.withdrawn = withdrawn
        return VerifiedPlan(
          plan: plan, before: result.findings.count, after: outcome.after, new: outcome.new)
      }
      for object in plan.objects where outcome.guilty.contains(object.position) {
        withdrawn.append(
          contentsOf: object.reasons.map { reason in
            LeftAlone(
              rule: reason.rule, dn: object.dn, attribute: reason.attribute, value: reason.old,
              reason: "withdrawn: it would cause a new finding")
          })
      }
      excluded.formUnion(outcome.guilty)
    }
  }

  /// What came of a try.
  private struct Outcome {
    var after: Int
    var new: Int
    /// Positions of changed objects with something to do with what is new.
    var guilty: Set<Int>
  }

  private static func check(
    _ plan: RepairPlan, _ result: LintResult, _ before: [FindingKey: Int], _ folder: String
  ) throws(SystemError) -> Outcome {
    guard !plan.objects.isEmpty else {
      return Outcome(after: result.findings.count, new: 0, guilty: [])
    }
    let sources = try PatchedSources(result.context, spoolFolder: folder).apply(plan.objects)
    let run = LintRun(repeating: result, over: sources)
    let after = try run.run()
    let keys = after.findingKeys()
    let new = keys.filter { $0.value > 0 && before[$0.key] == nil }
    guard !new.isEmpty else { return Outcome(after: after.findings.count, new: 0, guilty: []) }
    let names = Set(new.keys.map(\.dn)).union(after.holders(with: Set(new.keys)))
    var guilty = Set(plan.objects.filter { names.contains($0.dn) }.map(\.position))
    // Nobody can be told apart: better nothing than something wrong.
    if guilty.isEmpty { guilty = Set(plan.objects.map(\.position)) }
    return Outcome(
      after: after.findings.count, new: new.values.reduce(0, +), guilty: guilty)
  }
}

extension LintResult {
  /// The DNs of all holders in groups that one of the findings in `keys` is about.
  fileprivate func holders(with keys: Set<FindingKey>) -> Set<[UInt8]> {
    let judge = Judge(context.ruleSet)
    var reader = ObjectReader(context)
    var names: Set<[UInt8]> = []
    let wanted = Set(keys.map(\.dn))
    for finding in findings where finding.group >= 0 {
      guard reader.read(finding.position, into: judge), wanted.contains(judge.entry.dn.array)
      else { continue }
      for holder in groups[Int(finding.group)].holders.prefix(64)
      where reader.read(holder.position, into: judge) {
        names.insert(judge.entry.dn.array)
      }
    }
    return names
  }
}
