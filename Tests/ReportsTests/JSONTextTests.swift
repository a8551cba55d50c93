import Bytes
import Foundation
import Testing

@testable import Reports

@Suite struct JSONTextTests {
  private func json(_ text: String) -> [UInt8] {
    var out = OutputBuffer()
    out.append(json: text)
    return out.bytes
  }

  @Test(arguments: [
    ("", #""""#), ("a\"b\\c/", #""a\"b\\c/""#), ("\n\r\t", #""\n\r\t""#),
    ("\u{0}\u{1B}\u{7F}", #""\u0000\u001b\u007f""#), ("ü漢😀", #""ü漢😀""#),
    ("\u{85}\u{A0}\u{AD}", "\"\\u0085\\u00a0\\u00ad\""), ("\u{61C}ش", "\"\\u061cش\""),
    ("\u{2028}\u{202E}→\u{2066}", "\"\\u2028\\u202e→\\u2066\""),
  ])
  func textIsEscaped(_ text: String, _ expected: String) {
    #expect(String(decoding: json(text), as: UTF8.self) == expected)
  }

  @Test func whatCannotBeSeenIsEscaped() {
    #expect(
      String(decoding: json("a\u{200B}\u{FEFF}\u{E0041}é😀"), as: UTF8.self)
        == #""a\u200b\ufeff\udb40\udc41é😀""#)
    for code in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(code) else { continue }
      let text = String(decoding: json(String(scalar)), as: UTF8.self)
      if !text.unicodeScalars.allSatisfy(HostileText.isShown) {
        Issue.record("U+\(String(code, radix: 16))")
      }
    }
  }

  @Test func everyScalarIsReadBack() throws {
    for start in stride(from: UInt32(0), to: 0x11_0000, by: 0x400) {
      var text = ""
      for code in start..<start + 0x400 {
        if let scalar = Unicode.Scalar(code) { text.unicodeScalars.append(scalar) }
      }
      let read = try JSONSerialization.jsonObject(
        with: Data(json(text)), options: .fragmentsAllowed)
      // Compared by scalars: as strings, canonically equal ones would do.
      #expect((read as? String).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }
  }
}
