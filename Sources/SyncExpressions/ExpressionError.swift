/// Why a text is not an expression: one line, and where.
public struct ExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found, what was expected, what to do; one line.
  public var message: String
  /// The line in the expression, from 1.
  public var line: Int
  /// The column in that line, in Unicode scalars, from 1.
  public var column: Int
  /// The same place in bytes of UTF-8, from 0.
  public var offset: Int

  /// The message with its place.
  public var description: String { "line \(line), column \(column): \(message)" }
}

/// What an author of an expression should know although it compiles.
public struct ExpressionWarning: Hashable, Sendable, CustomStringConvertible {
  /// What is doubtful and what to write instead; one line.
  public var message: String
  /// The line in the expression, from 1.
  public var line: Int
  /// The column in that line, in Unicode scalars, from 1.
  public var column: Int

  /// The message with its place.
  public var description: String { "line \(line), column \(column): \(message)" }
}

/// Why an expression has no value for one entry.
public struct EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line; values of the directory in it are cut and their control characters made visible.
  public var message: String
  /// Whether the expression itself raised it with `Error("…")`.
  public var isRaised: Bool
  /// The limit that it has met, or nil; the message then has nothing of the directory in it.
  var limit: Limit?

  enum Limit { case steps, bytes }

  /// Whether it is about the expression alone: the message has nothing of the directory in it.
  public var isLimit: Bool { limit != nil }

  init(_ message: String, isRaised: Bool = false, limit: Limit? = nil) {
    self.message = message
    self.isRaised = isRaised
    self.limit = limit
  }

  /// The message.
  public var description: String { message }
}
