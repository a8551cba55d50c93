import Bytes
import RuleNodes

/// One thing that is wrong with a rule or pack: a place and one line.
public struct RulePackError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where it is wrong.
  public var place: SourcePlace
  /// What is wrong and, where it can be told, what was meant. One line of some hundred characters.
  public var message: String

  /// An error with all its parts.
  public init(place: SourcePlace, message: String) {
    self.place = place
    self.message = HostileText.shortened(message)
  }

  /// The error of a text that is not YAML.
  init(_ error: NodeError) {
    self.init(
      place: SourcePlace(file: error.file, line: error.line, column: error.column),
      message: error.message)
  }

  /// `file:line:column: message`.
  public var description: String { "\(place): \(message)" }
}

/// Everything that is wrong with a pack, by file and line; never empty.
public struct RulePackErrors: Error, Sendable, Equatable, CustomStringConvertible {
  /// The errors, by file and line.
  public let errors: [RulePackError]

  /// Those errors, sorted, each once.
  public init(_ errors: [RulePackError]) {
    let sorted = errors.sorted { left, right in
      (left.place.file, left.place.line, left.place.column, left.message)
        < (right.place.file, right.place.line, right.place.column, right.message)
    }
    self.errors = sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }
      .map { sorted[$0] }
  }

  /// A single error.
  init(_ place: SourcePlace, _ message: String) {
    errors = [RulePackError(place: place, message: message)]
  }

  /// One line per error.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
