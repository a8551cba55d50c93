import Checks
import Directory
import Lint
import Sync

/// What passes have found out about objects and duplicates, for passes that ask the same: most of a plan
/// that is begun anew is what it was. All searches for a plan have one memory.
final class PassMemory {
  /// With what a pass begins with one object.
  struct Begin: Sendable {
    /// The object's position.
    var position: Int
    /// What the object is like, where that is not what its source has.
    var state: ObjectState?
    var withdrawn: Set<AttributeEdit>
    var orders: [ObjectRepair.Step]
    /// What was found about values that others hold as well.
    var shared: [ValuePlace]
    /// The number of the checks.
    var checks: Int
    /// Whether repairs that are not safe may be made.
    var allowsUnsafe: Bool
  }

  /// What a pass has done about one object, and what it has been told on the way.
  final class Known: Sendable {
    let begin: Begin
    /// What it has asked, and the answers.
    let claims: [(key: KeptHash, answer: ObjectRepair.Claim?)]
    let kept: [(key: KeptHash, answer: Bool)]
    let planned: PlanPass.Planned

    init(
      _ begin: Begin, claims: [(key: KeptHash, answer: ObjectRepair.Claim?)],
      kept: [(key: KeptHash, answer: Bool)], planned: PlanPass.Planned
    ) {
      self.begin = begin
      self.claims = claims
      self.kept = kept
      self.planned = planned
    }

    /// Whether a pass that begins in that way would do the same, if it is told the same.
    func begins(as other: Begin) -> Bool {
      (begin.allowsUnsafe == other.allowsUnsafe || !planned.dependsOnSafety)
        && begin.checks == other.checks && begin.withdrawn == other.withdrawn
        && begin.orders == other.orders && begin.shared == other.shared
        && begin.state == other.state
    }
  }

  /// Of one object that many are kept; the oldest goes.
  private static let maximumKnown = 8

  private var objects: [Int: [Known]] = [:]
  private var inventories: [[AttributeInventory]] = []
  /// What has been decided about duplicates.
  let duplicates = DuplicateMemory()
  /// What the rules say of changed objects.
  let changes = ChangeMemory()

  /// What is known of the object at `position`, the newest last.
  func known(_ position: Int) -> [Known] { objects[position] ?? [] }

  /// Takes note of what has been found out.
  func add(_ known: Known) {
    let position = known.begin.position
    if objects[position]?.count == Self.maximumKnown { objects[position]?.removeFirst() }
    objects[position, default: []].append(known)
  }

  /// The number of the checks of `result`, the same for the same ones.
  func number(ofChecks result: LintResult) -> Int {
    let now = result.checks.map(\.inventory)
    if let known = inventories.lastIndex(of: now) { return known }
    inventories.append(now)
    return inventories.count - 1
  }
}
