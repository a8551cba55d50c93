import Bytes
import System

/// The values that a record adds to an entry, as lines of the file.
struct AddedValues {
  /// A line of a value.
  struct Value {
    /// Its bytes, from the beginning of the record, with folds and line end.
    var range: Range<Int>
    /// How many lines it takes.
    var lines: Int
    /// The number of lines in the record before it.
    var line: Int
    /// The attribute and the value, hashed.
    var key: UInt64
  }

  /// The values in the order of the record.
  private(set) var values: [Value] = []

  private let hash: KeyedHash
  private let arena = ByteArena()
  private var line = 0

  private init(_ hash: KeyedHash) { self.hash = hash }

  /// The values that the modify record `bytes` adds; nil when it does anything else, or nothing.
  static func added(by bytes: ByteView, _ hash: KeyedHash) -> AddedValues? {
    var result = AddedValues(hash)
    return result.readModifications(bytes) && !result.values.isEmpty ? result : nil
  }

  /// The values of the entry `bytes`.
  static func of(_ bytes: ByteView, _ hash: KeyedHash) -> AddedValues {
    var result = AddedValues(hash)
    result.forEachLine(bytes) { result, line, _ in
      if result.line > 0 || line.start > 0 { result.take(line, named: nil) }
      return true
    }
    return result
  }

  /// Hands every line that is no comment to `body` until it returns false; whether it never did.
  @discardableResult
  private mutating func forEachLine(
    _ bytes: ByteView, _ body: (inout AddedValues, inout LogicalLine, Int) -> Bool
  ) -> Bool {
    var position = 0
    while position < bytes.count {
      var lines = 0
      guard var next = LogicalLine.read(bytes, at: position, isEnd: true, lines: &lines) else {
        return true
      }
      position = next.next
      arena.reset()
      if next.content.first != 0x23, !body(&self, &next, lines) { return false }
      line += lines
    }
    return true
  }

  private mutating func readModifications(_ bytes: ByteView) -> Bool {
    var attribute: [UInt8]?
    var isHead = true
    return forEachLine(bytes) { result, line, lines in
      if line.content.first == 0x2D, line.content.trimmed == "-" {
        attribute = nil
        return !isHead
      }
      if let name = attribute { return result.take(line, named: name, lines: lines) }
      guard let length = try? line.split(into: result.arena) else { return false }
      let name = line.content.upTo(length)
      if isHead {
        isHead = !name.equalsIgnoringASCIICase("changetype")
        return true
      }
      guard name.equalsIgnoringASCIICase("add"),
        case .text(let added) = line.value(from: length + 1, into: result.arena)
      else { return false }
      attribute = added.trimmed.array
      return true
    }
  }

  /// Takes over a line of a value, which must be of the attribute `name` when one is given.
  @discardableResult
  private mutating func take(_ given: LogicalLine, named name: [UInt8]?, lines: Int = 0) -> Bool {
    var line = given
    guard let length = try? line.split(into: arena) else { return false }
    let own = line.content.upTo(length)
    guard name?.withByteView(own.equalsIgnoringASCIICase) ?? true else { return false }
    let tag = hash.foldingASCIICase(own, tag: 0)
    let key: UInt64
    if case .text(let value) = line.value(from: length + 1, into: arena) {
      key = hash.exact(value, tag: tag)
    } else {
      key = hash.exact(given.content, tag: tag)
    }
    values.append(
      Value(range: given.start..<given.next, lines: lines, line: self.line, key: key))
    return true
  }
}
