/// `count`: the number of values.
package struct CountSpec: CheckSpec {
  /// The most that there may be.
  package var max: Int?
  /// The least that there must be.
  package var min: Int?
  /// Whether only primaries count.
  package var primary: Bool

  static let kind = CheckKind("count", keys: ["max", "min", "primary"]) { parameters in
    guard let (max, min) = parameters.bounds() else { return nil }
    return CountSpec(max: max, min: min, primary: parameters.flag("primary") ?? false)
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> { [.count, .limit] }
}
