/// A value of a YAML document with the place where it begins.
///
/// Rules are decoded from nodes, not from Swift types by `Codable`, so that every error can name
/// its line and column.
public struct Node: Sendable, Equatable {
  /// How a scalar is written. The style decides whether an expression may stand there.
  public enum ScalarStyle: UInt8, Sendable {
    /// Without quotes.
    case plain
    /// In single or double quotes.
    case quoted
    /// A literal (`|`) or folded (`>`) block.
    case block
  }

  /// A text.
  public struct Scalar: Sendable, Equatable {
    /// The text, without quotes and indentation.
    public var text: String
    /// How it is written.
    public var style: ScalarStyle
    /// The line of the text's first character: behind the quote, below the `|`. From 1.
    public var textLine: Int
    /// The column of the text's first character, in Unicode scalars. From 1.
    public var textColumn: Int

    /// A scalar with all its parts.
    public init(text: String, style: ScalarStyle, textLine: Int, textColumn: Int) {
      self.text = text
      self.style = style
      self.textLine = textLine
      self.textColumn = textColumn
    }
  }

  /// A key of a mapping with its value.
  public struct Member: Sendable, Equatable {
    /// The key.
    public var key: String
    /// The line of the key. From 1.
    public var line: Int
    /// The column of the key, in Unicode scalars. From 1.
    public var column: Int
    /// What stands behind the key.
    public var value: Node

    /// A member with all its parts.
    public init(key: String, line: Int, column: Int, value: Node) {
      self.key = key
      self.line = line
      self.column = column
      self.value = value
    }
  }

  /// What a node is.
  public enum Content: Sendable, Equatable {
    /// A text.
    case scalar(Scalar)
    /// A list.
    case sequence([Node])
    /// Keys and values in the order of the file; no key stands twice.
    case mapping([Member])
  }

  /// What the node is.
  public var content: Content
  /// The line where it begins. From 1.
  public var line: Int
  /// The column where it begins, in Unicode scalars. From 1.
  public var column: Int

  /// A node with all its parts.
  public init(_ content: Content, line: Int, column: Int) {
    self.content = content
    self.line = line
    self.column = column
  }

  /// The value of `key` when the node is a mapping that has it. Linear in the number of keys.
  public subscript(_ key: String) -> Node? {
    guard case .mapping(let members) = content else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text when the node is a scalar.
  public var text: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.text
  }

  /// The node without those of its own keys; nodes further down are left alone.
  public func removing(_ keys: Set<String>) -> Node {
    guard case .mapping(let members) = content else { return self }
    return Node(
      .mapping(members.filter { !keys.contains($0.key) }), line: line, column: column)
  }
}
