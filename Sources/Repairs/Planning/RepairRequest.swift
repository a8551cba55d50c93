/// What to plan.
public struct RepairRequest: Sendable {
  /// Whether repairs that a person may notice are made too.
  public var allowsUnsafe = false

  /// Safe repairs only.
  public init() {}
}
