import Bytes

/// Breaks lines between words, by display width.
///
/// A line is broken at single spaces only, so that a break stands for one space and nothing is lost.
/// What has no such place runs over the edge: a DN or a value that is cut in two cannot be copied.
public struct LineWrapper {
  private let width: Int
  private let indent: Int
  private var column: Int
  private var spaceIsDue = false

  /// A wrapper for lines of `width` columns that stands at `column`; further lines begin at `indent`.
  public init(width: Int, indent: Int, column: Int) {
    self.width = width
    self.indent = indent
    self.column = column
  }

  /// Appends words and what goes on the last of them, with a space before them when something precedes
  /// on the line.
  public mutating func words(_ text: String, _ after: StaticString = "", to out: inout OutputBuffer)
  {
    let bytes = text.utf8Span.span
    var start = 0
    repeat {
      let end = Self.wordEnd(bytes, from: start)
      unit("", bytes.extracting(start..<end), end < bytes.count ? "" : after, to: &out)
      start = end + 1
    } while start < bytes.count
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
