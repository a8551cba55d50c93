import Checks
import Directory
import Lint

/// What is found of the objects as a plan has made them, and what passes that begin with that ask of it
/// first: searches come back to the same stand again and again.
final class PlanStand {
  /// What is found.
  let result: LintResult
  /// What fires where.
  private(set) lazy var places = result.findingPlaces()
  /// The objects with findings, in the order of their positions.
  private(set) lazy var objects = findObjects()
  /// By whether repairs may be made that are not safe.
  private var orders: [Bool: DuplicateOrders] = [:]

  init(_ result: LintResult) { self.result = result }

  /// An object with findings.
  struct Object {
    /// The object's position.
    var position: Int
    /// What the object is like, where that is not what its source has.
    var state: ObjectState?
    /// What is found about values that others hold as well.
    var shared: [ValuePlace] = []
  }

  private func findObjects() -> [Object] {
    var objects: [Object] = []
    for finding in result.findings {
      if objects.last?.position != finding.position {
        objects.append(
          Object(position: finding.position, state: result.context.changed[finding.position]))
      }
      guard finding.group >= 0 else { continue }
      objects[objects.count - 1].shared.append(
        ValuePlace(attribute: finding.attribute, ordinal: finding.ordinal))
    }
    return objects
  }

  /// What holders of duplicates give up.
  func orders(_ request: RepairRequest, _ memory: DuplicateMemory) -> DuplicateOrders {
    if let known = orders[request.allowsUnsafe] { return known }
    let new = DuplicateOrders(result, request: request, memory: memory)
    orders[request.allowsUnsafe] = new
    return new
  }
}
