import CYAML

/// What libyaml met in a document, copied out of its memory.
struct YAMLEvent {
  /// What it is.
  enum Kind {
    /// A text.
    case scalar(String, Node.ScalarStyle)
    /// A list begins.
    case sequence
    /// A mapping begins: keys and values take turns.
    case mapping
    /// The list or mapping ends.
    case end
    /// `*name`.
    case alias
    /// A document begins.
    case documentStart
    /// The text ends.
    case streamEnd
    /// Says nothing about the content.
    case other
  }

  /// What it is.
  var kind: Kind
  /// Where it begins. From 1.
  var line: Int
  /// In Unicode scalars, from 1.
  var column: Int
  /// Whether it has a name, `&name`.
  var hasAnchor = false
  /// Whether it has a type, `!name`, other than that of the text which it is anyway.
  var hasTag = false
}

/// The events of a document, one after the other, as libyaml reads them.
///
/// https://pyyaml.org/wiki/LibYAML, and yaml.h, which has the comments.
@safe
struct YAMLEvents: ~Copyable {
  /// How errors name the file.
  let file: String
  private let bytes: UnsafeBufferPointer<UInt8>
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// Reads `bytes`, which must stay where they are for as long as events are asked for.
  @unsafe
  init(bytes: UnsafeBufferPointer<UInt8>, file: String) throws(NodeError) {
    self.file = file
    unsafe self.bytes = bytes
    unsafe parser = .allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      throw NodeError(file: file, line: 1, column: 1, message: "not enough memory")
    }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
  }

  /// The next event.
  ///
  /// - Throws: what is wrong with the YAML there.
  func next() throws(NodeError) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw fault() }
    defer { unsafe yaml_event_delete(&event) }
    return unsafe Self.copy(event)
  }

  private static func copy(_ event: yaml_event_t) -> YAMLEvent {
    var copy = unsafe YAMLEvent(
      kind: .other, line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1)
    switch unsafe event.type {
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let text = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let style = unsafe style(scalar.style)
      copy.kind = .scalar(unsafe String(decoding: text, as: UTF8.self), style)
      copy.hasAnchor = unsafe scalar.anchor != nil
      copy.hasTag = unsafe scalar.tag != nil && !(style != .plain && isText(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let sequence = unsafe event.data.sequence_start
      copy.kind = .sequence
      copy.hasAnchor = unsafe sequence.anchor != nil
      copy.hasTag = unsafe sequence.implicit == 0
    case YAML_MAPPING_START_EVENT:
      let mapping = unsafe event.data.mapping_start
      copy.kind = .mapping
      copy.hasAnchor = unsafe mapping.anchor != nil
      copy.hasTag = unsafe mapping.implicit == 0
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: copy.kind = .end
    case YAML_ALIAS_EVENT: copy.kind = .alias
    case YAML_DOCUMENT_START_EVENT: copy.kind = .documentStart
    case YAML_STREAM_END_EVENT: copy.kind = .streamEnd
    default: break
    }
    return copy
  }

  private static func style(_ style: yaml_scalar_style_t) -> Node.ScalarStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
    default: .plain
    }
  }

  /// Whether `tag` is that of a text, `!!str`.
  private static func isText(_ tag: UnsafePointer<yaml_char_t>) -> Bool {
    unsafe String(decodingCString: tag, as: UTF8.self) == YAML_STR_TAG
  }

  /// Why libyaml stopped.
  private func fault() -> NodeError {
    let parser = unsafe parser.pointee
    let problem = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "not enough memory"
    guard unsafe parser.error == YAML_SCANNER_ERROR || parser.error == YAML_PARSER_ERROR else {
      // The reader, which turns bytes into characters, counts bytes.
      let (line, column) = unsafe place(byte: parser.problem_offset)
      return NodeError(file: file, line: line, column: column, message: "not YAML: \(problem)")
    }
    let context = unsafe parser.context.map { unsafe " (\(String(cString: $0)))" } ?? ""
    return unsafe NodeError(
      file: file, line: Int(parser.problem_mark.line) + 1,
      column: Int(parser.problem_mark.column) + 1, message: "not YAML: \(problem)\(context)")
  }

  /// The line and column of a byte.
  private func place(byte: Int) -> (line: Int, column: Int) {
    let text = unsafe String(decoding: bytes.prefix(byte), as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return (lines.count, (lines.last?.unicodeScalars.count ?? 0) + 1)
  }
}
