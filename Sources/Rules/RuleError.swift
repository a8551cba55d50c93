import Bytes

/// A rule that could not be made ready to run.
public struct RuleError: Error, Sendable {
  /// Where the rule or its expression stands.
  public var place: SourcePlace
  /// What is wrong and what to do, in some hundred characters.
  public var message: String

  /// An error at `place`.
  public init(place: SourcePlace, message: String) {
    self.place = place
    self.message = HostileText.shortened(message)
  }
}
