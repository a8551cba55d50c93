import Bytes
import Checks
import Findings
import LDIF
import Lint
import Repairs

/// One made-up forest, repaired in one way, and all that must hold of it.
struct PropertyCase {
  let seed: Int
  let bench: Bench
  private let forest: Forest

  /// What was found out.
  struct Outcome: Sendable {
    /// What does not hold.
    var problems: [String] = []
    /// The rules of which something was repaired.
    var repaired: Set<String> = []
  }

  init(seed: Int) throws {
    let benches = try Bench.all.get()
    self.seed = seed
    bench = benches[seed % benches.count]
    forest = Forest(seed: seed)
  }

  func run() throws -> Outcome {
    var outcome = Outcome()
    let before = try bench.lint(forest)
    let verified = try bench.fix(before)
    let texts = Bench.texts(verified.plan)
    let patched = try forest.applying(texts.forward)
    let after = try bench.lint(patched)
    outcome.problems += try news(before, verified, after)
    outcome.problems += remains(before, verified, after)
    outcome.problems += try second(after)
    if try patched.applying(texts.backward).content != forest.content {
      outcome.problems.append("the undo does not bring everything back")
    }
    outcome.problems += try otherwise(verified)
    outcome.problems += try bench.shownProblems(forest.asKept)
    if seed % 3 == 0 { outcome.problems += try bench.acceptingProblems(forest.asKept) }
    outcome.repaired = Set(verified.plan.objects.flatMap(\.reasons).map(\.rule))
    return outcome
  }

  // MARK: Properties

  /// Nothing new came but what the repair of something worse may cause, and the plan knows how many
  /// findings there are afterwards. What another rule left nothing to say before is not new.
  private func news(
    _ before: LintResult, _ verified: VerifiedPlan, _ after: LintResult
  ) throws -> [String] {
    let known = Bench.triples(try bench.lint(forest, by: bench.outspoken)).keys
    let now = Bench.triples(after).keys
    let gone = Dictionary(grouping: Set(known).subtracting(now), by: \.dn)
      .mapValues { $0.map(consequence).max() }
    let ordered = Set(verified.plan.objects.lazy.filter(\.isOrdered).map(\.dn))
    let new = Set(now).subtracting(known).filter { triple in
      guard let repaired = gone[triple.dn] else { return true }
      return !RepairCriterion.allows(
        consequence(triple), repairing: repaired, isOrdered: ordered.contains(triple.dn))
    }
    var problems = new.map { "new: \($0)" }.sorted()
    if verified.new != 0 { problems.append("the plan says that \(verified.new) are new") }
    if verified.before != before.findingCount || verified.after != after.findingCount {
      problems.append(
        "\(before.findingCount) findings became \(after.findingCount), the plan says "
          + "\(verified.before) and \(verified.after)")
    }
    return problems
  }

  private func consequence(_ triple: Bench.Triple) -> Consequence {
    let rules = bench.ruleSet.rules
    let number = rules.firstIndex { triple.rule.hasPrefix($0.id + " ") } ?? 0
    return bench.ruleSet.consequence(of: number)
  }

  /// What was to be repaired is gone.
  private func remains(
    _ before: LintResult, _ verified: VerifiedPlan, _ after: LintResult
  ) -> [String] {
    let old = Bench.triples(before, withValues: true)
    let now = Bench.triples(after, withValues: true)
    var problems: [String] = []
    for object in verified.plan.objects {
      for reason in object.reasons {
        // Of the value that was repaired: a value with a new type may now be found to have what
        // another value had. A value between two steps is in neither.
        let triple = Bench.Triple(
          rule: reason.rule, dn: object.dn, attribute: reason.attribute, value: reason.edit.old)
        guard !object.reasons.contains(where: { $0.edit.new == reason.edit.old }) else { continue }
        let count = now[triple, default: 0]
        if count > 0, count >= old[triple, default: 0] {
          problems.append("still there: \(triple)")
        }
      }
    }
    return problems
  }

  /// Repairing again finds nothing to do.
  private func second(_ after: LintResult) throws -> [String] {
    try bench.fix(after).plan.objects.map { object in
      let reasons = object.reasons.map {
        "\($0.rule): \(Self.text($0.edit.old)) -> \(Self.text($0.edit.new))"
      }
      return "a second fix changes \(Self.text(object.dn)): " + reasons.joined(separator: ", ")
    }
  }

  /// The same objects in another order, by several threads, are repaired in the same way.
  private func otherwise(_ verified: VerifiedPlan) throws -> [String] {
    let again = try bench.lint(forest.shuffled(seed: seed + 1), threads: 3)
    let other = try bench.fix(again)
    let (one, two) = (Self.byName(verified.plan), Self.byName(other.plan))
    guard one != two else { return [] }
    let lines = String(decoding: one, as: UTF8.self).split(separator: "\n")
      .difference(from: String(decoding: two, as: UTF8.self).split(separator: "\n"))
    return [
      "another order of objects and three threads make another plan: "
        + lines.prefix(6).map { change in
          switch change {
          case .insert(_, let line, _): "+\(line)"
          case .remove(_, let line, _): "-\(line)"
          }
        }.joined(separator: " | ")
    ]
  }

  // MARK: Text

  /// The patch's records by DN.
  private static func byName(_ plan: RepairPlan) -> [UInt8] {
    var plan = plan
    plan.objects.sort { $0.dn.lexicographicallyPrecedes($1.dn) }
    return Bench.texts(plan).forward
  }

  private static func text(_ value: [UInt8]?) -> String {
    value.map { "\"\(String(decoding: $0, as: UTF8.self))\"" } ?? "(none)"
  }
}
