/// A node as one line of text that reads back without a YAML parser.
///
/// Parsing the built-in rules as YAML would cost tens of milliseconds at every start; reading
/// archives costs well under one. Texts are preceded by their length, so nothing is escaped and
/// nothing is searched for.
///
///     node     = ("p" / "q") place length ":" text              ; plain or quoted
///              / "b" place place length ":" text                ; block: its own place, the text's
///              / "s" place count ":" *node                      ; sequence
///              / "m" place count ":" *member                    ; mapping
///     member   = "k" place length ":" text node
///     place    = line " " column " "                            ; decimal, from 1
///
/// `m1 1 1:k1 1 2:idp1 5 6:UPN006` is `id: UPN006`. Lengths are in UTF-8 bytes.
public enum NodeArchive {
  /// An archive that was not written by `encode`.
  public struct Malformed: Error, Sendable, Equatable, CustomStringConvertible {
    /// The number of the byte that was not understood, from 0.
    public var byteOffset: Int

    /// What is wrong, on one line.
    public var description: String {
      "the rule archive is damaged at byte \(byteOffset); rebuild the program"
    }
  }

  /// The archive of `node`.
  public static func encode(_ node: Node) -> String {
    var output = ""
    append(node, to: &output)
    return output
  }

  private static func append(_ node: Node, to output: inout String) {
    let place = "\(node.line) \(node.column) "
    switch node.content {
    case .scalar(let scalar):
      switch scalar.style {
      case .plain: output += "p\(place)"
      case .quoted: output += "q\(place)"
      case .block: output += "b\(place)\(scalar.textLine) \(scalar.textColumn) "
      }
      output += "\(scalar.text.utf8.count):\(scalar.text)"
    case .sequence(let items):
      output += "s\(place)\(items.count):"
      for item in items { append(item, to: &output) }
    case .mapping(let members):
      output += "m\(place)\(members.count):"
      for member in members {
        output += "k\(member.line) \(member.column) \(member.key.utf8.count):\(member.key)"
        append(member.value, to: &output)
      }
    }
  }

  /// The node that `archive` holds. Linear in its length.
  ///
  /// - Throws: `Malformed` when the text is not exactly one archive.
  public static func decode(_ archive: String) throws(Malformed) -> Node {
    var reader = ArchiveReader(bytes: Array(archive.utf8))
    let node = try reader.node(depth: 0)
    guard reader.position == reader.bytes.count else { throw reader.malformed }
    return node
  }
}

private struct ArchiveReader {
  let bytes: [UInt8]
  var position = 0

  var malformed: NodeArchive.Malformed { NodeArchive.Malformed(byteOffset: position) }

  mutating func node(depth: Int) throws(NodeArchive.Malformed) -> Node {
    guard depth <= YAMLNodes.maximumDepth else { throw malformed }
    let kind = try byte()
    let line = try number(until: 0x20)
    let column = try number(until: 0x20)
    let content: Node.Content
    switch kind {
    case UInt8(ascii: "p"):
      content = .scalar(
        Node.Scalar(text: try text(), style: .plain, textLine: line, textColumn: column))
    case UInt8(ascii: "q"):
      content = .scalar(
        Node.Scalar(text: try text(), style: .quoted, textLine: line, textColumn: column + 1))
    case UInt8(ascii: "b"):
      let textLine = try number(until: 0x20)
      let textColumn = try number(until: 0x20)
      content = .scalar(
        Node.Scalar(text: try text(), style: .block, textLine: textLine, textColumn: textColumn))
    case UInt8(ascii: "s"):
      let count = try self.count()
      var items: [Node] = []
      items.reserveCapacity(count)
      for _ in 0..<count { items.append(try node(depth: depth + 1)) }
      content = .sequence(items)
    case UInt8(ascii: "m"):
      content = .mapping(try members(depth: depth))
    default:
      throw malformed
    }
    return Node(content, line: line, column: column)
  }

  private mutating func members(depth: Int) throws(NodeArchive.Malformed) -> [Node.Member] {
    let count = try self.count()
    var members: [Node.Member] = []
    members.reserveCapacity(count)
    for _ in 0..<count {
      guard try byte() == UInt8(ascii: "k") else { throw malformed }
      let line = try number(until: 0x20)
      let column = try number(until: 0x20)
      let key = try text()
      members.append(
        Node.Member(key: key, line: line, column: column, value: try node(depth: depth + 1)))
    }
    return members
  }

  private mutating func byte() throws(NodeArchive.Malformed) -> UInt8 {
    guard position < bytes.count else { throw malformed }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func number(until end: UInt8) throws(NodeArchive.Malformed) -> Int {
    var value = 0
    let start = position
    while true {
      let byte = try self.byte()
      if byte == end, position > start + 1 { return value }
      // Eight digits are more than any place or length has and cannot overflow.
      guard byte >= 0x30, byte <= 0x39, position - start <= 8 else { throw malformed }
      value = value * 10 + Int(byte - 0x30)
    }
  }

  /// The number of nodes that follow; each takes at least one byte.
  private mutating func count() throws(NodeArchive.Malformed) -> Int {
    let count = try number(until: 0x3A)
    guard count <= bytes.count - position else { throw malformed }
    return count
  }

  private mutating func text() throws(NodeArchive.Malformed) -> String {
    let length = try count()
    defer { position += length }
    return String(decoding: bytes[position..<position + length], as: UTF8.self)
  }
}
