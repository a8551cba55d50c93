import Bytes

/// JSON (RFC 8259), token by token. Nothing of it is built: whoever reads decides what to keep.
///
/// Several values may follow each other with blanks or line ends between, as in NDJSON. What is not
/// JSON is an error with its line; nothing is guessed.
public struct JSONReader {
  /// A piece of JSON. The name of a member is followed by its value.
  public enum Token: Sendable, Equatable {
    case beginObject, endObject, beginArray, endArray
    case name(String)
    case string(String)
    /// As it is written.
    case number(String)
    case bool(Bool)
    case null
  }

  /// What is not JSON, and where.
  public struct Malformed: Error, Sendable, Equatable {
    /// The line, from 1.
    public var line: Int
    /// What is wrong there.
    public var reason: String
  }

  /// What may come next.
  private enum State {
    case value, valueOrEnd, nameOrEnd, name, commaOrEnd
  }

  /// Deeper than that nobody nests; a file of brackets is refused, not followed.
  public static let maximumDepth = 64
  /// The longest string, in bytes as they are written.
  public static let maximumString = 1 << 20

  private let bytes: ByteView
  private var offset = 0
  private var state = State.value
  /// By depth, whether it is an object.
  private var nesting: [Bool] = []
  /// The line that has been counted to, and the offset where that was.
  private var counted = (line: 1, offset: 0)
  /// Where the last token begins.
  private var start = 0

  /// The JSON in `bytes`, which must stay as long as the reader does.
  public init(_ bytes: ByteView) { self.bytes = bytes }

  /// How many objects and arrays are open.
  public var depth: Int { nesting.count }

  /// The line of the last token, from 1.
  public mutating func line() -> Int {
    while counted.offset < start {
      if bytes[counted.offset] == 0x0A { counted.line += 1 }
      counted.offset += 1
    }
    return counted.line
  }

  /// The next token; nil at the end, when all that was opened is closed. Throws for what is not JSON.
  public mutating func next() throws(Malformed) -> Token? {
    skipBlanks()
    start = offset
    guard offset < bytes.count else {
      guard nesting.isEmpty else { throw error("it ends in the middle of an object or array") }
      return nil
    }
    switch state {
    case .commaOrEnd: return try afterValue()
    case .nameOrEnd where bytes[offset] == UInt8(ascii: "}"): return close()
    case .valueOrEnd where bytes[offset] == UInt8(ascii: "]"): return close()
    case .name, .nameOrEnd: return try memberName()
    case .value, .valueOrEnd: return try value()
    }
  }

  /// Reads over the rest of the object or array that was opened last.
  public mutating func skip() throws(Malformed) {
    let depth = depth
    while nesting.count >= depth { _ = try next() }
  }

  private mutating func afterValue() throws(Malformed) -> Token? {
    guard let isObject = nesting.last else {
      state = .value
      return try value()
    }
    if bytes[offset] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close() }
    guard bytes[offset] == UInt8(ascii: ",") else {
      throw error(isObject ? "expected , or }" : "expected , or ]")
    }
    offset += 1
    state = isObject ? .name : .value
    return try next()
  }

  private mutating func open(isObject: Bool) throws(Malformed) -> Token {
    guard nesting.count < Self.maximumDepth else {
      throw error("more than \(Self.maximumDepth) objects and arrays are in each other")
    }
    offset += 1
    nesting.append(isObject)
    state = isObject ? .nameOrEnd : .valueOrEnd
    return isObject ? .beginObject : .beginArray
  }

  private mutating func close() -> Token {
    offset += 1
    state = .commaOrEnd
    return nesting.removeLast() ? .endObject : .endArray
  }

  private mutating func memberName() throws(Malformed) -> Token {
    guard bytes[offset] == UInt8(ascii: "\"") else {
      throw error("expected a name in quotation marks")
    }
    let name = try string()
    skipBlanks()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else {
      throw error("expected : behind a name")
    }
    offset += 1
    state = .value
    return .name(name)
  }

  private mutating func value() throws(Malformed) -> Token {
    switch bytes[offset] {
    case UInt8(ascii: "{"): return try open(isObject: true)
    case UInt8(ascii: "["): return try open(isObject: false)
    case UInt8(ascii: "\""):
      state = .commaOrEnd
      return .string(try string())
    default:
      state = .commaOrEnd
      return try word()
    }
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() throws(Malformed) -> Token {
    while offset < bytes.count, isOfWord(bytes[offset]) { offset += 1 }
    let word = bytes[start..<offset].string
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      guard word.utf8.first.map({ $0.isASCIIDigit || $0 == UInt8(ascii: "-") }) ?? false,
        word.utf8.allSatisfy({ !$0.isASCIILetter || $0 | 0x20 == UInt8(ascii: "e") }),
        Double(word) != nil
      else {
        throw error(word.isEmpty ? "expected a value" : "\"\(word.prefix(20))\" is no value")
      }
      return .number(word)
    }
  }

  private func isOfWord(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }

  private mutating func skipBlanks() {
    while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
  }

  // MARK: Strings

  private mutating func string() throws(Malformed) -> String {
    var text: [UInt8] = []
    let opening = offset
    offset += 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      guard offset - opening <= Self.maximumString else { throw error("a string is too long") }
      let byte = bytes[offset]
      guard byte >= 0x20 else {
        throw error("a string has a line end or another control character in it")
      }
      if byte == UInt8(ascii: "\\") {
        try escape(&text)
      } else {
        text.append(byte)
        offset += 1
      }
    }
    guard offset < bytes.count else { throw error("a string is not closed") }
    offset += 1
    guard let string = String(validating: text, as: UTF8.self) else {
      throw error("a string is not UTF-8")
    }
    return string
  }

  private mutating func escape(_ text: inout [UInt8]) throws(Malformed) {
    offset += 1
    let byte = offset < bytes.count ? bytes[offset] : 0
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): try unit(&text)
    default: throw error("a string has an escape that JSON does not know")
    }
  }

  /// `\uXXXX`, or two for a character beyond U+FFFF; half of two is U+FFFD.
  private mutating func unit(_ text: inout [UInt8]) throws(Malformed) {
    var units = [try hexadecimal()]
    if units[0] & 0xFC00 == 0xD800, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    {
      offset += 2
      units.append(try hexadecimal())
    }
    text += Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private mutating func hexadecimal() throws(Malformed) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard offset < bytes.count, let digit = bytes[offset].asciiHexadecimalValue else {
        throw error("\\u wants four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
      offset += 1
    }
    return unit
  }

  private mutating func error(_ reason: String) -> Malformed {
    Malformed(line: line(), reason: reason)
  }
}
