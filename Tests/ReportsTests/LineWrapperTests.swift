import Bytes
import Testing

@testable import Reports

@Suite struct LineWrapperTests {
  private func wrapped(_ text: String, width: Int, indent: Int = 2) -> String {
    var out = OutputBuffer()
    var line = LineWrapper(width: width, indent: indent, column: 0)
    line.words(text, ".", to: &out)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("", 10, "."), ("one two three", 20, "one two three."),
    ("one two three", 8, "one two\n  three."),
    ("one two three", 7, "one two\n  three."), ("one two", 7, "one\n  two."),
    ("onetwothree four", 5, "onetwothree\n  four."), ("漢字漢字 漢字", 12, "漢字漢字\n  漢字."),
    ("a  b c", 3, "a  b\n  c."), (" a", 1, " a."), ("a ", 9, "a ."), ("one two", 0, "one\n  two."),
    ("one two", -5, "one\n  two."),
  ])
  func linesBreakAtSpaces(_ text: String, _ width: Int, _ expected: String) {
    #expect(wrapped(text, width: width) == expected)
  }

  @Test func breaksStandForSpaces() {
    let text = "a bb  ccc \u{1B}d   eee\nf ü 漢字 g" + String(repeating: " word", count: 50)
    for width in 0...90 {
      let whole = wrapped(text, width: 10_000)
      #expect(wrapped(text, width: width).replacing("\n  ", with: " ") == whole)
    }
  }

  @Test func unitsStayTogether() {
    var out = OutputBuffer()
    var line = LineWrapper(width: 10, indent: 1, column: 0)
    line.label("fix:", to: &out)
    line.unit("\"", "two words".utf8Span.span, "\"", to: &out)
    line.unit("(", "x".utf8Span.span, "):", to: &out)
    #expect(String(decoding: out.bytes, as: UTF8.self) == "fix:\n \"two words\"\n (x):")
  }
}
