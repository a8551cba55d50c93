/// One thing to do before the first synchronization.
public struct Step: Sendable {
  /// When it is to be done.
  public enum Week: String, CaseIterable, Sendable {
    case now
    case twoWeeksBefore = "two weeks before"
    case weekBefore = "the week before"
    case dayBefore = "the day before"
    case after = "the week after"
  }

  /// When.
  public var week: Week
  /// What to do, as a sentence.
  public var task: String
  /// Why, as a sentence.
  public var why: String
  /// What to type, in this order. Files have names that fit each other.
  public var commands: [String] = []
}
