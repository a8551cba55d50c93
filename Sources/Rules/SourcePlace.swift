/// An expression's text and where it stands, for errors.
public struct ExpressionSource: Sendable {
  /// The text.
  public var text: String
  /// The file and line it stands in.
  public var place: SourcePlace

  /// An expression at a place.
  public init(text: String, place: SourcePlace) {
    self.text = text
    self.place = place
  }
}

/// A place in a rule file.
public struct SourcePlace: Sendable, Equatable, CustomStringConvertible {
  /// The file's path, `entra-id/upn-missing.yaml`.
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1.
  public var column: Int

  /// A place with all its parts.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }
}
