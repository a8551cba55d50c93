/// What would be done about a value, whichever rules find fault with it.
///
/// It is known by the same `valueKey` as the findings about the value, and made apart from them.
public struct Proposal: Sendable {
  /// What is to be done.
  public enum Action: String, Sendable {
    /// Change the value.
    case edit
    /// Remove the value.
    case remove
    /// Add a value.
    case add
    /// Leave it to a person; the reason says why.
    case none
  }

  /// How a proposal counts among repairs.
  public enum Repair: Sendable {
    /// Part of a plain `fix`.
    case safe
    /// Part of `fix --unsafe-fixes`.
    case unsafe
  }

  /// Which repair it is; nil where it is left to a person.
  public var repair: Repair? { action == .none ? nil : isSafe ? .safe : .unsafe }

  /// What to do.
  public var action: Action
  /// The new value for `edit` and `add`.
  public var value: [UInt8]?
  /// Whether nobody would notice losing anything (true: part of a default `fix`).
  public var isSafe: Bool
  /// Why, as a sentence.
  public var reason: String
  /// The value that changes, where it is not the finding's own.
  public var target: [UInt8]?
  /// The value that safe repairs alone would leave there, where they change it as well and others go on
  /// from it.
  public var safeValue: [UInt8]?

  /// A proposal about the finding's own value.
  public init(action: Action, value: [UInt8]?, isSafe: Bool, reason: String) {
    self.action = action
    self.value = value
    self.isSafe = isSafe
    self.reason = reason
  }
}

/// What a decisions report fills in for a person to look at.
public struct Decision: Sendable {
  /// `edit`, `remove` or `add`.
  public var action: Proposal.Action
  /// The new value for `edit` and `add`.
  public var value: [UInt8]?

  /// A decision with its parts.
  public init(action: Proposal.Action, value: [UInt8]?) {
    self.action = action
    self.value = value
  }
}
