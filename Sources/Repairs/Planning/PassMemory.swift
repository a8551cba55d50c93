import Checks
import Directory
import Lint
import Sync

/// What passes have found out about objects, for passes that ask the same: most of a plan that is begun
/// anew is what it was.
struct PassMemory: Sendable {
  /// What a pass has done about one object, and what it has been told on the way.
  struct Known: Sendable {
    /// What the object was like, where that is not what its source has.
    var state: ObjectState?
    var withdrawn: Set<AttributeEdit>
    var orders: [AttributeEdit]
    /// What was found about values that others hold as well.
    var shared: [ValuePlace]
    /// What it has asked, in order.
    var claims: [(key: ObjectRepair.NewKey, answer: ObjectRepair.Claim?)] = []
    var kept: [(key: ObjectRepair.NewKey, answer: Bool)] = []
    var planned: PlanPass.Planned?

    /// Whether a pass would begin in the same way as `other` does.
    func beginsAs(_ other: Known) -> Bool {
      withdrawn == other.withdrawn && orders == other.orders && shared == other.shared
        && state == other.state
    }
  }

  private var objects: [Int: Known] = [:]
  private var inventories: [AttributeInventory] = []

  /// What is known of the object at `position`.
  func known(_ position: Int) -> Known? { objects[position] }

  /// Takes note of what has been found out.
  mutating func add(_ known: Known, at position: Int) { objects[position] = known }

  /// Forgets everything when `result` has other checks than those before.
  mutating func use(_ result: LintResult) {
    let now = result.checks.map(\.inventory)
    if now != inventories { objects = [:] }
    inventories = now
  }
}
