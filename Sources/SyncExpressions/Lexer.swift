import Bytes

/// Cuts an expression's text into tokens.
struct Lexer {
  private let source: SourceText
  private var position = 0
  private var tokens: [Token] = []

  private init(_ source: SourceText) { self.source = source }

  /// All tokens of `source`, the last one being `.end`.
  static func tokens(of source: SourceText) throws(ExpressionError) -> [Token] {
    var lexer = Lexer(source)
    while let byte = lexer.skipWhiteSpace() {
      try lexer.read(byte)
    }
    lexer.tokens.append(Token(kind: .end, offset: source.bytes.count))
    return lexer.tokens
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    let index = position + distance
    return index < source.bytes.count ? source.bytes[index] : nil
  }

  private mutating func skipWhiteSpace() -> UInt8? {
    while let byte = peek(), byte == 0x20 || (byte >= 9 && byte <= 13) { position += 1 }
    return peek()
  }

  private mutating func add(_ kind: Token.Kind, length: Int) {
    tokens.append(Token(kind: kind, offset: position))
    position += length
  }

  private mutating func read(_ byte: UInt8) throws(ExpressionError) {
    switch byte {
    case UInt8(ascii: "("): add(.leftParenthesis, length: 1)
    case UInt8(ascii: ")"): add(.rightParenthesis, length: 1)
    case UInt8(ascii: ","): add(.comma, length: 1)
    case UInt8(ascii: "\""): try readString()
    case UInt8(ascii: "["):
      let name = try enclosed(by: "]", "an attribute name such as [mail]")
      add(.attribute(name), length: name.utf8.count + 2)
    case UInt8(ascii: "%"):
      let name = try enclosed(by: "%", "a parameter such as %Domain.FQDN%")
      add(.parameter(name), length: name.utf8.count + 2)
    case UInt8(ascii: "$"): try readVariable()
    case 0x30...0x39: try readDecimal()
    case UInt8(ascii: "&"): try readAmpersand()
    case _ where Self.isNameStart(byte): readName()
    default: try readOperator(byte)
    }
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == UInt8(ascii: "_")
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (byte >= 0x30 && byte <= 0x39)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: source.bytes[range], as: UTF8.self)
  }

  private func nameEnd(from start: Int) -> Int {
    var end = start
    while end < source.bytes.count, Self.isNamePart(source.bytes[end]) { end += 1 }
    return end
  }

  private mutating func readName() {
    let end = nameEnd(from: position)
    add(.name(text(position..<end)), length: end - position)
  }

  private mutating func readVariable() throws(ExpressionError) {
    let end = nameEnd(from: position + 1)
    guard end > position + 1 else {
      throw source.error("expected a variable name such as $item after \"$\"", at: position)
    }
    add(.variable(text(position + 1..<end)), length: end - position)
  }

  /// The name between the byte at `position` and `close`.
  private func enclosed(
    by close: Unicode.Scalar, _ expected: String
  ) throws(ExpressionError) -> String {
    let start = position + 1
    var end = start
    while end < source.bytes.count {
      let byte = source.bytes[end]
      guard Self.isNamePart(byte) || byte == 0x2D || byte == 0x2E else { break }
      end += 1
    }
    guard end < source.bytes.count, source.bytes[end] == UInt8(ascii: close), end > start else {
      throw source.error("expected \(expected), closed by \"\(close)\"", at: position)
    }
    return text(start..<end)
  }
}

// Strings, numbers and operators.
extension Lexer {
  /// A string. Only `\\` is special: the default rules write `"\\0ACNF:"` for `\\0ACNF:`, and
  /// Replace reads `\\n`, `\\r` and `\\t` itself.
  private mutating func readString() throws(ExpressionError) {
    var bytes: [UInt8] = []
    var end = position + 1
    while true {
      guard end < source.bytes.count else {
        throw source.error("the string that starts here has no closing quote", at: position)
      }
      let byte = source.bytes[end]
      if byte == UInt8(ascii: "\"") { break }
      bytes.append(byte)
      let isPair = byte == UInt8(ascii: "\\") && end + 1 < source.bytes.count
      end += isPair && source.bytes[end + 1] == byte ? 2 : 1
    }
    if end + 1 < source.bytes.count, source.bytes[end + 1] == UInt8(ascii: "\"") {
      throw source.error(
        "a doubled quote is not known to the language; a string cannot hold a quote", at: end)
    }
    add(.string(bytes), length: end + 1 - position)
  }

  private mutating func readDecimal() throws(ExpressionError) {
    var value: UInt64 = 0
    var end = position
    while end < source.bytes.count, source.bytes[end] >= 0x30, source.bytes[end] <= 0x39 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow2) = product.addingReportingOverflow(UInt64(source.bytes[end] - 0x30))
      guard !overflow, !overflow2 else { throw tooLarge }
      value = sum
      end += 1
    }
    guard value <= 1 << 63 else { throw tooLarge }
    if end < source.bytes.count {
      let next = source.bytes[end]
      if next == UInt8(ascii: ".") {
        throw source.error("numbers are whole; a decimal point is not known", at: end)
      }
      if Self.isNamePart(next) {
        throw source.error("expected an operator after the number \(text(position..<end))", at: end)
      }
    }
    add(.number(value, isHexadecimal: false), length: end - position)
  }

  private var tooLarge: ExpressionError {
    source.error("the number does not fit in 64 bits", at: position)
  }

  /// `&&`, `&HFF`, `&`, or the remains of HTML.
  private mutating func readAmpersand() throws(ExpressionError) {
    if peek(1) == UInt8(ascii: "&") { return add(.op(.and), length: 2) }
    for (entity, sign) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")]
    where source.bytes[position...].starts(with: entity.utf8) {
      throw source.error("\(entity) is HTML; write \(sign)", at: position)
    }
    guard peek(1) == UInt8(ascii: "H") else {
      if peek(1) == UInt8(ascii: "h"), let digit = peek(2), Numerals.hexDigit(digit) != nil {
        throw source.error("a hexadecimal number starts with &H, not &h", at: position)
      }
      return add(.op(.concatenate), length: 1)
    }
    let end = nameEnd(from: position + 2)
    let digits = source.bytes[position + 2..<end]
    guard !digits.isEmpty, digits.allSatisfy({ Numerals.hexDigit($0) != nil }) else {
      throw source.error("expected hexadecimal digits after &H", at: position)
    }
    guard let value = UInt64(text(position + 2..<end), radix: 16) else { throw tooLarge }
    add(.number(value, isHexadecimal: true), length: end - position)
  }

  private mutating func readOperator(_ byte: UInt8) throws(ExpressionError) {
    let mistakes = [
      ("==", "="), ("!=", "<>"), ("=<", "<="), ("=>", ">="), ("!", "= False after the operand"),
    ]
    for (wrong, right) in mistakes where source.bytes[position...].starts(with: wrong.utf8) {
      throw source.error("\(wrong) is not an operator; write \(right)", at: position)
    }
    let matching = Operator.allCases.filter {
      source.bytes[position...].starts(with: $0.rawValue.utf8)
    }
    guard let op = matching.max(by: { $0.rawValue.utf8.count < $1.rawValue.utf8.count }) else {
      throw strange(byte)
    }
    add(.op(op), length: op.rawValue.utf8.count)
  }

  private func strange(_ byte: UInt8) -> ExpressionError {
    switch byte {
    case UInt8(ascii: "|"): return source.error("| is not an operator; write ||", at: position)
    case UInt8(ascii: "'"):
      return source.error("strings stand in double quotes", at: position)
    default: break
    }
    let rest = String(decoding: source.bytes[position...].prefix(4), as: UTF8.self)
    guard let scalar = rest.unicodeScalars.first else {
      return source.error("unexpected character", at: position)
    }
    let code = "U+\(String(scalar.value, radix: 16, uppercase: true))"
    if "\u{201C}\u{201D}\u{201E}\u{AB}\u{BB}".unicodeScalars.contains(scalar) {
      return source.error(
        "\(code) is a typographic quote; strings stand in straight ones", at: position)
    }
    let isVisible = scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F
    return source.error(
      "unexpected character \(isVisible ? "\"\(scalar)\"" : code)", at: position)
  }
}
