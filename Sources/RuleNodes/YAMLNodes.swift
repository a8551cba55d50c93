import Yams

/// Reads the part of YAML 1.1 that rules are written in.
///
/// Left out on purpose: several documents in a file, anchors and aliases (a short file could
/// unfold to gigabytes), tags, and keys that are not texts.
public enum YAMLNodes {
  /// The longest document that is read, in bytes.
  public static let maximumLength = 1 << 20
  /// How deep lists and mappings may be nested.
  public static let maximumDepth = 32

  /// The node that `text` describes; `file` is how errors name it.
  ///
  /// - Throws: what is wrong with the YAML, with its place.
  public static func parse(_ text: String, file: String) throws(NodeError) -> Node {
    guard text.utf8.count <= maximumLength else {
      throw NodeError(
        file: file, line: 1, column: 1, message: "the file is larger than \(maximumLength) bytes")
    }
    var conversion = Conversion(file: file, text: text)
    do {
      let parser = try Yams.Parser(yaml: text)
      let root = try parser.singleRoot()
      // Nodes refer to their anchors weakly: the parser must live until they have been seen.
      return try withExtendedLifetime(parser) {
        guard let root else { throw conversion.error(1, 1, "the file is empty") }
        return try conversion.node(root, depth: 0)
      }
    } catch let error as NodeError {
      throw error
    } catch {
      throw conversion.error(error)
    }
  }
}

/// Turns what Yams read into nodes.
private struct Conversion {
  let file: String
  let text: String
  /// Split only when a block scalar is met.
  private lazy var lines = text.split(
    omittingEmptySubsequences: false, whereSeparator: \.isNewline)

  init(file: String, text: String) {
    self.file = file
    self.text = text
  }

  func error(_ line: Int, _ column: Int, _ message: String) -> NodeError {
    NodeError(file: file, line: line, column: column, message: message)
  }

  mutating func node(_ node: Yams.Node, depth: Int) throws(NodeError) -> Node {
    let line = node.mark?.line ?? 1
    let column = node.mark?.column ?? 1
    guard depth < YAMLNodes.maximumDepth else {
      throw error(line, column, "nested deeper than \(YAMLNodes.maximumDepth) levels")
    }
    guard node.anchor == nil else {
      throw error(line, column, "anchors (&name) and aliases (*name) are not allowed in rules")
    }
    switch node {
    case .scalar(let scalar):
      try refuseTag(scalar.tag, quoted: scalar.style != .plain, line, column)
      return Node(.scalar(place(scalar, line, column)), line: line, column: column)
    case .sequence(let sequence):
      try refuseTag(sequence.tag, quoted: false, line, column)
      var items: [Node] = []
      for item in sequence { items.append(try self.node(item, depth: depth + 1)) }
      return Node(.sequence(items), line: line, column: column)
    case .mapping(let mapping):
      try refuseTag(mapping.tag, quoted: false, line, column)
      return Node(.mapping(try members(mapping, depth: depth)), line: line, column: column)
    case .alias:
      throw error(line, column, "anchors (&name) and aliases (*name) are not allowed in rules")
    }
  }

  private mutating func members(
    _ mapping: Yams.Node.Mapping, depth: Int
  ) throws(NodeError) -> [Node.Member] {
    var members: [Node.Member] = []
    var seen: Set<String> = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? 1
      let column = key.mark?.column ?? 1
      // A key's tag says nothing: Yams resolves it when it looks for repeated keys.
      guard case .scalar(let scalar) = key, key.anchor == nil else {
        throw error(line, column, "a key must be a text, without an anchor")
      }
      guard seen.insert(scalar.string).inserted else {
        throw error(line, column, "the key \"\(scalar.string)\" is given twice")
      }
      members.append(
        Node.Member(
          key: scalar.string, line: line, column: column,
          value: try node(value, depth: depth + 1)))
    }
    return members
  }

  /// Yams marks every quoted text with the tag of a string, so that one says nothing.
  private func refuseTag(
    _ tag: Tag, quoted: Bool, _ line: Int, _ column: Int
  ) throws(NodeError) {
    let name = tag.description
    guard name.isEmpty || (quoted && name == Tag.Name.str.rawValue) else {
      throw error(line, column, "tags (!name) are not allowed in rules; quote the text")
    }
  }

  private mutating func place(
    _ scalar: Yams.Node.Scalar, _ line: Int, _ column: Int
  ) -> Node.Scalar {
    switch scalar.style {
    case .plain, .any:
      return Node.Scalar(text: scalar.string, style: .plain, textLine: line, textColumn: column)
    case .singleQuoted, .doubleQuoted:
      return Node.Scalar(
        text: scalar.string, style: .quoted, textLine: line, textColumn: column + 1)
    case .literal, .folded:
      // The mark is that of the indicator; the text begins on the next line, indented as the
      // first line that is not blank.
      let body = lines.dropFirst(line)
      let first = body.first { line in line.contains { $0 != " " } }
      let indentation = first?.prefix { $0 == " " }.count ?? 0
      return Node.Scalar(
        text: scalar.string, style: .block, textLine: line + 1, textColumn: indentation + 1)
    }
  }
}

extension Conversion {
  /// Yams' errors quote the source over several lines; ours are one line with the place first.
  fileprivate func error(_ error: any Error) -> NodeError {
    guard let error = error as? YamlError else {
      return self.error(1, 1, "not YAML: \(error)")
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      let context = context.map { " (\($0.text))" } ?? ""
      return self.error(mark.line, mark.column, "not YAML: \(problem)\(context)")
    case .composer(_, let problem, let mark, _):
      let message =
        problem.contains("another document")
        ? "one document per file; another one begins here" : "not YAML: \(problem)"
      return self.error(mark.line, mark.column, message)
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      return self.error(
        context.mark.line, context.mark.column, "the key \"\(key)\" is given twice")
    case .reader(let problem, let offset, _, _):
      let (line, column) = place(offset: offset ?? 0)
      return self.error(line, column, "not YAML: \(problem)")
    default:
      return self.error(1, 1, "not YAML: it could not be read")
    }
  }

  /// The line and column of the character number `offset`.
  private func place(offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for character in text.prefix(offset) {
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += character.unicodeScalars.count
      }
    }
    return (line, column)
  }
}
