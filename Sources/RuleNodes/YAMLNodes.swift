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
  /// - Throws: what is wrong with the YAML, the first if it is much, with its place.
  public static func parse(_ text: String, file: String) throws(NodeError) -> Node {
    // Editors of Windows begin files with a byte order mark.
    let bytes = Array(
      text.unicodeScalars.first == "\u{FEFF}" ? text.utf8.dropFirst(3) : text.utf8[...])
    guard bytes.count <= maximumLength else {
      throw NodeError(
        file: file, line: 1, column: 1, message: "the file is larger than \(maximumLength) bytes")
    }
    return try unsafe bytes.withUnsafeBufferPointer { buffer throws(NodeError) in
      var reader = NodeReader(events: unsafe try YAMLEvents(bytes: buffer, file: file), text: text)
      return try reader.document()
    }
  }
}

/// Makes nodes of events.
private struct NodeReader: ~Copyable {
  let events: YAMLEvents
  let text: String
  /// Split only when a block scalar is met.
  private lazy var lines = text.split(
    omittingEmptySubsequences: false, whereSeparator: \.isNewline)

  init(events: consuming YAMLEvents, text: String) {
    self.events = events
    self.text = text
  }

  private func error(_ event: YAMLEvent, _ message: String) -> NodeError {
    NodeError(file: events.file, line: event.line, column: event.column, message: message)
  }

  /// The only document.
  mutating func document() throws(NodeError) -> Node {
    var event = try events.next()
    while case .other = event.kind { event = try events.next() }
    guard case .documentStart = event.kind else {
      throw NodeError(file: events.file, line: 1, column: 1, message: "the file is empty")
    }
    let root = try node(try events.next(), depth: 0)
    event = try events.next()
    while case .other = event.kind { event = try events.next() }
    guard case .streamEnd = event.kind else {
      throw error(event, "one document per file; another one begins here")
    }
    return root
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(NodeError) -> Node {
    guard depth < YAMLNodes.maximumDepth else {
      throw error(event, "nested deeper than \(YAMLNodes.maximumDepth) levels")
    }
    try refuseNames(event)
    guard !event.hasTag else {
      throw error(event, "tags (!name) are not allowed in rules; quote the text")
    }
    let content: Node.Content
    switch event.kind {
    case .scalar(let text, let style): content = .scalar(scalar(text, style, event))
    case .sequence: content = .sequence(try items(depth: depth))
    case .mapping: content = .mapping(try members(depth: depth))
    default: throw error(event, "not YAML: a value is missing")
    }
    return Node(content, line: event.line, column: event.column)
  }

  private func refuseNames(_ event: YAMLEvent) throws(NodeError) {
    // As every name is refused, there is none that an alias could mean.
    if case .alias = event.kind { throw error(event, "not YAML: found undefined alias") }
    guard !event.hasAnchor else {
      throw error(event, "anchors (&name) and aliases (*name) are not allowed in rules")
    }
  }

  private mutating func items(depth: Int) throws(NodeError) -> [Node] {
    var items: [Node] = []
    while true {
      let event = try events.next()
      if case .end = event.kind { return items }
      items.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func members(depth: Int) throws(NodeError) -> [Node.Member] {
    var members: [Node.Member] = []
    var places: [String: Int] = [:]
    while true {
      let event = try events.next()
      if case .end = event.kind { return members }
      if case .alias = event.kind { try refuseNames(event) }
      // A key's tag says nothing: it is compared as a text.
      guard case .scalar(let key, _) = event.kind, !event.hasAnchor else {
        throw error(event, "a key must be a text, without an anchor")
      }
      if let first = places.updateValue(members.count, forKey: key) {
        throw NodeError(
          file: events.file, line: members[first].line, column: members[first].column,
          message: "the key \"\(key)\" is given twice")
      }
      let value = try node(try events.next(), depth: depth + 1)
      members.append(
        Node.Member(key: key, line: event.line, column: event.column, value: value))
    }
  }

  private mutating func scalar(
    _ text: String, _ style: Node.ScalarStyle, _ event: YAMLEvent
  ) -> Node.Scalar {
    switch style {
    case .plain:
      return Node.Scalar(
        text: text, style: style, textLine: event.line, textColumn: event.column)
    case .quoted:
      return Node.Scalar(
        text: text, style: style, textLine: event.line, textColumn: event.column + 1)
    case .block:
      // The place is that of the indicator; the text begins on the next line, indented as the
      // first line that is not blank.
      let first = lines.dropFirst(event.line).first { line in line.contains { $0 != " " } }
      let indentation = first?.prefix { $0 == " " }.count ?? 0
      return Node.Scalar(
        text: text, style: style, textLine: event.line + 1, textColumn: indentation + 1)
    }
  }
}
