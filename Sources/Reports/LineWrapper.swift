import Bytes

/// Breaks lines between words, by display width.
///
/// A line is broken at single spaces only, so that a break stands for one space and nothing is lost.
/// What has no such place runs over the edge: a DN or a value that is cut in two cannot be copied.
struct LineWrapper {
  private let width: Int
  private let indent: Int
  private var column: Int
  private var spaceIsDue = false

  /// A wrapper for lines of `width` columns that stands at `column`; further lines begin at `indent`.
  init(width: Int, indent: Int, column: Int) {
    self.width = width
    self.indent = indent
    self.column = column
  }

  /// Appends words, with a space before them when something precedes on the line.
  mutating func words(_ text: Span<UInt8>, to out: inout OutputBuffer) {
    var start = 0
    while start < text.count {
      let end = Self.wordEnd(text, from: start)
      word(text.extracting(start..<end), to: &out)
      start = end + 1
    }
  }

  /// Appends words, with a space before them when something precedes on the line.
  mutating func words(_ text: String, to out: inout OutputBuffer) {
    words(text.utf8Span.span, to: &out)
  }

  /// Appends a label in ASCII.
  mutating func label(_ text: StaticString, to out: inout OutputBuffer) {
    place(text.utf8CodeUnitCount, to: &out)
    out.append(text)
  }

  /// Appends one unit that is not broken.
  mutating func unit(
    _ before: StaticString = "", _ text: Span<UInt8>, _ after: StaticString = "",
    to out: inout OutputBuffer
  ) {
    let extra = before.utf8CodeUnitCount + after.utf8CodeUnitCount
    place(visibleWidth(text) + extra, to: &out)
    out.append(before)
    out.append(visible: text)
    out.append(after)
  }

  private mutating func word(_ text: Span<UInt8>, to out: inout OutputBuffer) {
    place(visibleWidth(text), to: &out)
    out.append(visible: text)
  }

  /// Makes room for something of `columns`: a space, or a new line.
  private mutating func place(_ columns: Int, to out: inout OutputBuffer) {
    if spaceIsDue {
      if column + 1 + columns > width && column > indent {
        out.append(UInt8(ascii: "\n"))
        out.append(UInt8(ascii: " "), count: indent)
        column = indent
      } else {
        out.append(UInt8(ascii: " "))
        column += 1
      }
    }
    column += columns
    spaceIsDue = true
  }

  /// The next space that has no space beside it, else the end.
  private static func wordEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    let space = UInt8(ascii: " ")
    var index = start
    while index < text.count {
      if text[index] == space, index > start, text[index - 1] != space, index + 1 < text.count,
        text[index + 1] != space
      {
        return index
      }
      index += 1
    }
    return text.count
  }
}
