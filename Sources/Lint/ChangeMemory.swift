import Checks
import Directory

/// What the rules say of objects that a plan changes, for runs in which one is the same once more: plans
/// are tried again and again, and most of each is what it was.
package final class ChangeMemory {
  /// What is known of an object as it is in one state.
  final class Known: Sendable {
    /// Nil for what its source has.
    let state: ObjectState?
    /// The number of the checks.
    let checks: Int
    /// What fires, where it is changed; else it is not asked.
    let findings: [FindingRecord]
    /// The hashes of its unique values, each once.
    let hashes: [KeptHash]
    /// The attributes that it has, in their order.
    let attributes: [UInt16]

    init(
      state: ObjectState?, checks: Int, findings: [FindingRecord], hashes: [KeptHash],
      attributes: [UInt16]
    ) {
      self.state = state
      self.checks = checks
      self.findings = findings
      self.hashes = hashes
      self.attributes = attributes
    }
  }

  /// Of one object that many are kept; the oldest goes.
  private static let maximumKnown = 8

  private var objects: [Int: [Known]] = [:]
  private var checks: [[SourceChecks]] = []

  /// An empty memory.
  package init() {}

  /// What is known of the object at `position` in `state`, by checks with the number `checks`.
  func known(_ position: Int, _ state: ObjectState?, checks: Int) -> Known? {
    objects[position]?.last { $0.checks == checks && $0.state == state }
  }

  /// Keeps what is known of the object at `position`.
  func add(_ known: Known, at position: Int) {
    if objects[position]?.count == Self.maximumKnown { objects[position]?.removeFirst() }
    objects[position, default: []].append(known)
  }

  /// The number of `checks`, which is the same for checks of the same.
  func number(of checks: [SourceChecks]) -> Int {
    let known = self.checks.lastIndex { other in
      zip(other, checks).allSatisfy { $0.inventory == $1.inventory }
    }
    if let known { return known }
    self.checks.append(checks)
    return self.checks.count - 1
  }
}
