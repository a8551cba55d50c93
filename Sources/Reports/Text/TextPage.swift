import Bytes
import Findings

/// What parts of the text report are written with: titles, and lines that are broken between words.
struct TextPage {
  let style: TerminalStyle
  let width: Int

  /// A title on a line of its own.
  func title(_ text: String, into out: inout OutputBuffer) {
    style.begin(.strong, to: &out)
    out.append(visible: text)
    style.end(to: &out)
    out.append(UInt8(ascii: "\n"))
  }

  /// A line that begins at `column` and goes on at `indent`.
  func item(
    indent: Int, column: Int = 2, into out: inout OutputBuffer,
    _ body: (inout LineWrapper, inout OutputBuffer) -> Void
  ) {
    out.append(UInt8(ascii: " "), count: column)
    var line = LineWrapper(width: width, indent: indent, column: column)
    body(&line, &out)
    out.append(UInt8(ascii: "\n"))
  }

  /// The rest of a line on which something stands up to `column`, where it also goes on.
  func rest(
    at column: Int, into out: inout OutputBuffer,
    _ body: (inout LineWrapper, inout OutputBuffer) -> Void
  ) {
    var line = LineWrapper(width: width, indent: column, column: column)
    body(&line, &out)
    out.append(UInt8(ascii: "\n"))
  }

  /// A command that is to be copied: broken before options only, as a shell takes it.
  func command(_ text: String, indent: Int, into out: inout OutputBuffer) {
    out.append(UInt8(ascii: " "), count: indent)
    var column = indent
    var isFirst = true
    for part in Self.parts(text) {
      let columns = visibleWidth(part.utf8Span.span)
      if !isFirst, column + 1 + columns + 2 > width, column > indent + 2 {
        out.append(" \\\n")
        out.append(UInt8(ascii: " "), count: indent + 2)
        column = indent + 2
      } else if !isFirst {
        out.append(UInt8(ascii: " "))
        column += 1
      }
      out.append(visible: part)
      column += columns
      isFirst = false
    }
    out.append(UInt8(ascii: "\n"))
  }

  /// A command as words with what belongs to them: an option with its value.
  private static func parts(_ command: String) -> [String] {
    var parts: [String] = []
    var isQuoted = false
    for word in command.split(separator: " ", omittingEmptySubsequences: false) {
      if isQuoted || !(parts.isEmpty || word.hasPrefix("--")) {
        parts[parts.count - 1] += " " + word
      } else {
        parts.append(String(word))
      }
      if !word.count(where: { $0 == "'" }).isMultiple(of: 2) { isQuoted.toggle() }
    }
    return parts
  }

  /// A number that ends at `column`.
  func number(_ number: Int, upTo column: Int, into out: inout OutputBuffer) {
    let text = grouped(number)
    out.append(UInt8(ascii: " "), count: max(0, column - text.utf8.count))
    out.append(utf8: text)
  }
}
