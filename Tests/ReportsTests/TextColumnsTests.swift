import Bytes
import Testing

@testable import Reports

@Suite struct TextColumnsTests {
  @Test(arguments: [
    ("plain ~", "plain ~", 7), ("ö", "ö", 1), ("漢字", "漢字", 4), ("😀", "😀", 2),
    ("e\u{301}", "e\u{301}", 1),
    ("\u{1B}[2J", "\\u{1b}[2J", 9), ("\n", "\\u{a}", 5), ("\u{9B}", "\\u{9b}", 6),
    ("\u{202E}x", "\\u{202e}x", 9), ("\u{200B}", "\\u{200b}", 8), ("\u{A0}", "\\u{a0}", 6),
    ("\u{E0041}", "\\u{e0041}", 9), ("\u{FEFF}", "\\u{feff}", 8), ("\u{3164}", "\\u{3164}", 8),
  ])
  func textIsShown(_ text: String, _ expected: String, _ width: Int) {
    var out = OutputBuffer()
    out.append(visible: text)
    #expect(String(decoding: out.bytes, as: UTF8.self) == expected)
    let columns = visibleWidth(text.utf8Span.span)
    #expect(columns == width)
  }

  @Test func bytesAreShownInHexadecimal() {
    let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0x28, 0xE2, 0x82]
    var out = OutputBuffer()
    out.append(visible: bytes.span)
    #expect(String(decoding: out.bytes, as: UTF8.self) == #"a\xff\xc3(\xe2\x82"#)
    let columns = visibleWidth(bytes.span)
    #expect(columns == out.count)
  }
}
