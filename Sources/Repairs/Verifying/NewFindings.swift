import Checks
import Findings
import Lint

/// Tells what changes of objects have caused that they may not cause (`RepairCriterion`).
struct NewFindings {
  private let before: Set<FindingPlace>
  private let ruleSet: RuleSet
  /// The worst that is gone of each changed object, and whether the user has ordered a change of it.
  private let changed: [Int: (repaired: Consequence?, isOrdered: Bool)]

  /// What `after` has that is not in `before`, when the objects at the positions of `edited` have been
  /// changed, as the user has ordered or not. `former` says where an object was before by where it is in
  /// `after`.
  init(
    before: Set<FindingPlace>, after: LintResult, edited: [Int: Bool],
    former: (Int) -> Int = { $0 }
  ) {
    self.before = before
    ruleSet = after.context.ruleSet
    var places: Set<FindingPlace> = []
    for finding in after.fired {
      let position = former(finding.position)
      if edited[position] != nil { places.insert(finding.place(at: position)) }
    }
    var changed = edited.mapValues { (repaired: Consequence?.none, isOrdered: $0) }
    for place in before where edited[place.position] != nil && !places.contains(place) {
      let gone = ruleSet.consequence(of: Int(place.rule))
      let worst = changed[place.position]?.repaired
      changed[place.position]?.repaired = worst.map { max($0, gone) } ?? gone
    }
    self.changed = changed
  }

  /// Whether `finding`, of an object that was at `position`, is new and must not be.
  func isObjectionable(_ finding: FindingRecord, at position: Int) -> Bool {
    guard !before.contains(finding.place(at: position)) else { return false }
    guard let change = changed[position] else { return true }
    return !RepairCriterion.allows(
      ruleSet.consequence(of: finding.rule), repairing: change.repaired,
      isOrdered: change.isOrdered)
  }
}
