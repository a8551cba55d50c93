/// By what findings can be put together.
public enum Grouping: String, CaseIterable, Sendable {
  case rule, object, ou, cause, domain, `class`
}

/// What is counted besides findings by severity and rule.
public struct TallyShape: Sendable {
  /// Whether causes are counted.
  public var countsCauses = false
  /// How many findings of each cause and group are kept as examples.
  public var maximumExamples = 3
  /// How findings are grouped; nil for not at all. Causes and domains have counts of their own.
  public var grouping: Grouping?
  /// How many groups are kept.
  public var maximumGroups = 10

  /// Nothing more.
  public init() {}
}
