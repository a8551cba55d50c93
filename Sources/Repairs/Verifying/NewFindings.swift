import Checks
import Findings
import Lint

/// Tells what changes of objects have caused that they may not cause (`RepairCriterion`).
struct NewFindings {
  private let ruleSet: RuleSet
  /// What was not there before, and what it may not be there for.
  private var objectionable: Set<FindingPlace> = []

  /// Whether there are none.
  var isEmpty: Bool { objectionable.isEmpty }

  /// What `after` has that is not in `before`, which is in its order. `edited` says of the object that was
  /// at a position whether the user has ordered what was changed of it, nil where nothing was; `former`
  /// where an object was before by where it is in `after`: of two objects the first stays the first.
  init(
    before: [FindingPlace], after: LintResult, edited: (Int) -> Bool?,
    former: (Int) -> Int = { $0 }
  ) {
    ruleSet = after.context.ruleSet
    let now = after.fired.map { $0.place(at: former($0.position)) }
    var start = 0
    var (old, new) = (0, 0)
    // Object by object, since most are what they were.
    while new < now.count {
      let position = now[new].position
      start = new
      while new < now.count, now[new].position == position { new += 1 }
      while old < before.count, before[old].position < position { old += 1 }
      let first = old
      while old < before.count, before[old].position == position { old += 1 }
      if before[first..<old].elementsEqual(now[start..<new]) { continue }
      add(before[first..<old], now[start..<new], isOrdered: edited(position))
    }
  }

  /// Looks at what there was of one object, and what there is now.
  private mutating func add(
    _ before: ArraySlice<FindingPlace>, _ now: ArraySlice<FindingPlace>, isOrdered: Bool?
  ) {
    let (old, places) = (Set(before), Set(now))
    let repaired = old.subtracting(places).map { ruleSet.consequence(of: Int($0.rule)) }.max()
    for place in places.subtracting(old) {
      let consequence = ruleSet.consequence(of: Int(place.rule))
      if let isOrdered,
        RepairCriterion.allows(consequence, repairing: repaired, isOrdered: isOrdered)
      {
        continue
      }
      objectionable.insert(place)
    }
  }

  /// Whether `finding`, of an object that was at `position`, is new and must not be.
  func isObjectionable(_ finding: FindingRecord, at position: Int) -> Bool {
    !objectionable.isEmpty && objectionable.contains(finding.place(at: position))
  }
}
