/// Why a text is not the YAML that rules are written in: one place, one line.
public struct NodeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file as the caller named it.
  public var file: String
  /// From 1.
  public var line: Int
  /// In Unicode scalars, from 1.
  public var column: Int
  /// What is wrong, on one line.
  public var message: String

  /// An error with all its parts.
  public init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `file:line:column: message`.
  public var description: String { "\(file):\(line):\(column): \(message)" }
}
