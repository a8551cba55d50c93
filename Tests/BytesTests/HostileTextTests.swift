import Bytes
import Testing

@Suite struct HostileTextTests {
  /// What no reader sees or every terminal obeys, by its number: C0, C1, DEL, the soft hyphen, Arabic
  /// letter mark, Mongolian and Hangul fillers, zero widths and directions, line and paragraph
  /// separators, invisible operators, variation selectors, the byte order mark, interlinear marks,
  /// tags, surrogates' neighbours in private use.
  private static let hidden: [ClosedRange<UInt32>] = [
    0...0x1F, 0x7F...0xA0, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160,
    0x17B4...0x17B5,
    0x180B...0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000...0x3000,
    0x3164...0x3164, 0xE000...0xF8FF, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0,
    0xFFF9...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF, 0xF0000...0x10FFFF,
  ]

  @Test func everyScalarIsShownOrSpeltOut() {
    for code in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(code) else { continue }
      let text = String(scalar)
      let shown = HostileText.shown(text)
      let isAsItIs = shown.unicodeScalars.elementsEqual(text.unicodeScalars)
      let isSpeltOut = shown == "\\u{\(String(code, radix: 16))}"
      let isHidden = Self.hidden.contains { $0.contains(code) }
      if isAsItIs == isSpeltOut || isHidden && isAsItIs || isAsItIs != HostileText.isShown(scalar) {
        Issue.record("U+\(String(code, radix: 16))")
      }
    }
  }

  /// The short cut for letters of European languages is what the properties say.
  @Test func everyScalarIsWhatItsPropertiesSay() {
    for code in UInt32(0x7F)...0x10FFFF {
      guard let scalar = Unicode.Scalar(code) else { continue }
      let isGraphic =
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse,
          .surrogate, .unassigned:
          false
        default: true
        }
      if HostileText.isShown(scalar)
        != (isGraphic && !scalar.properties.isDefaultIgnorableCodePoint)
      {
        Issue.record("U+\(String(code, radix: 16))")
      }
    }
  }

  @Test(arguments: [
    ("a\n\t b\u{2028}\u{85}c ", "a b c"), ("", ""), (" \u{0}", ""), ("ä\u{A0}ö", "ä\u{A0}ö"),
  ])
  func lineIsOne(_ text: String, _ expected: String) {
    #expect(HostileText.oneLine(text) == expected)
  }

  @Test(arguments: [
    ("", "\"\""), ("abcd", "\"abcd\""), ("abcde", "\"abcd…\""), ("abcé", "\"abc…\""),
    ("é€", "\"é…\""),
  ])
  func quotationIsCut(_ text: String, _ expected: String) {
    #expect(text.withByteView { HostileText.quoted($0, limit: 4) } == expected)
  }
}
