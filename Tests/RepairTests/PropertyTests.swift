import Bytes
import LDIF
import Lint
import Remediation
import Testing

/// What holds of every plan, over made-up forests with any mixture of problems.
@Suite struct PropertyTests {
  /// How many forests each way to run is tried on.
  static let cases = 8

  @Test(arguments: Bench.ways) func whatIsRepairedIsGoneAndNothingNewCame(
    _ way: Bench.Way
  ) throws {
    let bench = try Bench(way)
    for seed in 0..<Self.cases {
      let forest = Forest(seed: seed)
      let result = try bench.lint(forest)
      let verified = try bench.fix(result)
      let patched = try forest.applying(Bench.texts(verified.plan).forward)
      let after = try bench.lint(patched)
      let valuesBefore = Bench.triples(result, withValues: true)
      let valuesNow = Bench.triples(after, withValues: true)
      let old = Bench.triples(result)
      let now = Bench.triples(after)
      let new = Set(now.keys).subtracting(old.keys)
      #expect(new.isEmpty, "seed \(seed): new: \(new)")
      #expect(verified.new == 0, "seed \(seed)")
      #expect(verified.after == after.findingCount, "seed \(seed)")
      for object in verified.plan.objects {
        for reason in object.reasons {
          // Of the value that was repaired: a value with a new type may now be found to have
          // what another value had.
          let triple = Bench.Triple(
            rule: reason.rule, dn: object.dn, attribute: reason.attribute, value: reason.old)
          // A value between two steps is in neither.
          let remaining = valuesNow[triple, default: 0]
          #expect(
            remaining == 0 || remaining < valuesBefore[triple, default: 0],
            "seed \(seed): \(triple) is still there: \(reason.text)")
        }
      }
    }
  }

  @Test(arguments: Bench.ways) func fixingAgainHasNothingToDo(_ way: Bench.Way) throws {
    let bench = try Bench(way)
    for seed in 0..<Self.cases {
      let forest = Forest(seed: seed)
      let first = try bench.fix(forest)
      var patched = try forest.applying(Bench.texts(first.plan).forward)
      var next = try bench.fix(patched)
      // What one repair frees, or asked for and did not need, is given to nobody in the same
      // plan; the next may use it.
      if way.allowsUnsafe, !next.plan.objects.isEmpty {
        patched = try patched.applying(Bench.texts(next.plan).forward)
        next = try bench.fix(patched)
      }
      for object in next.plan.objects {
        Issue.record(
          """
          seed \(seed): \(String(decoding: object.dn, as: UTF8.self)): \
          \(object.reasons.map { "\($0.rule) \(Self.text($0.old)) -> \(Self.text($0.new))" })
          """)
      }
    }
  }

  @Test(arguments: Bench.ways) func theUndoBringsEveryByteBack(_ way: Bench.Way) throws {
    let bench = try Bench(way)
    for seed in 0..<Self.cases {
      let forest = Forest(seed: seed)
      let texts = Bench.texts(try bench.fix(forest).plan)
      let patched = try forest.applying(texts.forward)
      #expect(try patched.applying(texts.backward).content == forest.content, "seed \(seed)")
    }
  }

  @Test(arguments: Bench.ways) func theOrderOfObjectsChangesNothing(_ way: Bench.Way) throws {
    let bench = try Bench(way)
    for seed in 0..<Self.cases {
      let forest = Forest(seed: seed)
      let plans = try [forest, forest.shuffled(seed: seed + 1)].map { try bench.fix($0).plan }
      #expect(Self.sorted(plans[0]) == Self.sorted(plans[1]), "seed \(seed)")
    }
  }

  @Test(arguments: Bench.ways) func theNumberOfThreadsChangesNothing(_ way: Bench.Way) throws {
    var bench = try Bench(way)
    for seed in 0..<Self.cases / 4 {
      let forest = Forest(seed: seed)
      var texts: [[UInt8]] = []
      for threads in [1, 2, 16] {
        bench.threads = threads
        texts.append(Bench.texts(try bench.fix(forest).plan).forward)
      }
      #expect(texts[0] == texts[1] && texts[0] == texts[2], "seed \(seed)")
    }
  }

  /// The patch's records by DN.
  private static func sorted(_ plan: RepairPlan) -> String {
    var plan = plan
    plan.objects.sort { $0.dn.lexicographicallyPrecedes($1.dn) }
    return String(decoding: Bench.texts(plan).forward, as: UTF8.self)
  }

  private static func text(_ value: [UInt8]?) -> String {
    value.map { String(decoding: $0, as: UTF8.self) } ?? "(none)"
  }
}
