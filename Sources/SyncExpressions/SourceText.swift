/// An expression's text, which knows where its bytes are.
struct SourceText: Sendable {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// Line and column of a byte, both from 1; columns count Unicode scalars.
  func place(_ offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }

  /// An error at a byte.
  func error(_ message: String, at offset: Int) -> ExpressionError {
    let (line, column) = place(offset)
    return ExpressionError(message: message, line: line, column: column, offset: offset)
  }

  /// A warning at a byte.
  func warning(_ message: String, at offset: Int) -> ExpressionWarning {
    let (line, column) = place(offset)
    return ExpressionWarning(message: message, line: line, column: column)
  }
}
