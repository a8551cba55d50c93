/// A file that is no journal, or was changed by somebody else.
public struct JournalError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number of the line at fault, from 1; nil when it is not one line.
  public var line: Int?

  /// What is wrong.
  public var description: String {
    guard let line else { return "a change that the journal holds cannot be read" }
    return line == 1 ? "this is no journal" : "line \(line) is not of a journal"
  }
}
