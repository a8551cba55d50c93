/// How much the text report says of each finding.
public enum TextStyle: String, CaseIterable, Sendable {
  /// What would happen, causes with examples, what to do first.
  case summary
  /// The findings in groups, with examples of each.
  case grouped
  /// Every finding with all that is known of it.
  case full
  /// Every finding on a line: `source:line: RULE severity DN attribute: message`.
  case concise

  /// Without a style `full` is taken while at most so many objects have findings, else `summary`.
  public static let objectsInFull = 40
}
