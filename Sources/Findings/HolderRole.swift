/// What becomes of one holder's value when several objects hold it.
public enum HolderRole: String, Sendable {
  /// It keeps the value.
  case keeper
  /// Another keeps it.
  case loser
  /// Nothing tells who keeps it.
  case undecided
}
