import Synchronization

/// The number of findings so far, for a display of a run's progress. Duplicates, which are looked for
/// at the end, are not in it.
public final class FindingTally: Sendable {
  private let number = Atomic<Int>(0)

  /// No findings so far.
  public init() {}

  /// How many there are.
  public var count: Int { number.load(ordering: .relaxed) }

  func add(_ findings: Int) { number.wrappingAdd(findings, ordering: .relaxed) }
  func reset() { number.store(0, ordering: .relaxed) }
}
