import TestKit
import Testing

@testable import Tables

@Suite struct TextFileTests {
  private static let text = "contoso.com\r\nm\u{FC}ller.de # \u{1F600}\r\n"

  private func utf16(_ text: String, isBig: Bool, hasMark: Bool) -> [UInt8] {
    ((hasMark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit in
      isBig ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
  }

  @Test func everyEncodingIsRead() {
    #expect(TextFile.utf8(Self.text.bytes) == Self.text.bytes)
    #expect(TextFile.utf8([0xEF, 0xBB, 0xBF] + Self.text.bytes) == Self.text.bytes)
    for (isBig, hasMark) in [(false, false), (false, true), (true, false), (true, true)] {
      let bytes = utf16(Self.text, isBig: isBig, hasMark: hasMark)
      #expect(TextFile.utf8(bytes) == Self.text.bytes)
      #expect(TextFile.utf8(bytes + [0x41]).text == Self.text + "\u{FFFD}")
    }
    #expect(TextFile.utf8([]).isEmpty)
    #expect(TextFile.utf8([0x41]) == [0x41])
    #expect(TextFile.utf8([0xFF, 0xFE, 0x00, 0xD8]).text == "\u{FFFD}")
  }

  @Test(arguments: ["a\nb\n\nc", "a\r\nb\r\n\r\nc\r\n", "a\rb\r\rc", "a\r\r\nb\r\r\n\r\r\nc\r\r\n"])
  func everyLineEndIsOne(_ text: String) {
    let lines = TextFile.lines(text.bytes)
    #expect(lines.map(\.text) == ["a", "b", "", "c"])
    #expect(lines.map(\.number) == [1, 2, 3, 4])
    let starts = lines.map { text.bytes[$0.offset...].prefix($0.text.utf8.count) }
    #expect(starts.map { Array($0).text } == lines.map(\.text))
  }

  @Test func commentsAndBlankLinesAreEmpty() {
    let lines = TextFile.lines("# a\n ; b\n\t \n\u{FEFF}\nc # d\n".bytes)
    #expect(lines.map(\.isEmpty) == [true, true, true, true, false])
  }
}
