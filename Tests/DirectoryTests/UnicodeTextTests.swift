import Bytes
import Testing

@testable import Directory

@Suite struct UnicodeTextTests {
  // MARK: Elements

  @Test func wellFormedTextIsItsScalars() {
    let sample = "a\u{7F}\u{80}é\u{7FF}\u{800}€\u{D7FF}\u{E000}\u{FFFF}\u{10000}😀\u{10FFFF}"
    withView(sample) { bytes in
      let scalars = UnicodeText.elements(bytes).map(\.element.scalar)
      #expect(scalars == sample.unicodeScalars.map(Optional.some))
      #expect(UnicodeText.isUTF8(bytes))
      #expect(!UnicodeText.isASCII(bytes))
      #expect(UnicodeText.utf16Count(bytes) == sample.utf16.count)
    }
  }

  @Test func elementsAgreeWithTheStandardDecoder() {
    // Every sequence of two bytes, and of three with interesting first ones.
    for first in UInt8(0x80)...0xFF {
      for second in UInt8(0x00)...0xFF {
        for tail: [UInt8] in [[], [0x80], [0x80, 0x80], [0xBF, 0xBF], [0x41]] {
          let bytes = [first, second] + tail
          let isValid = String(validating: bytes, as: UTF8.self) != nil
          if bytes.withByteView({ UnicodeText.isUTF8($0) }) != isValid { Issue.record("\(bytes)") }
        }
      }
    }
  }

  @Test(arguments: hostileBytes)
  func elementsCoverEveryByte(_ bytes: [UInt8]) {
    (Array("ä".utf8) + bytes + [0x41]).withByteView { view in
      var next = 0
      for (offset, element) in UnicodeText.elements(view) {
        #expect(offset == next)
        #expect(element.byte == view[offset])
        next += element.length
      }
      #expect(next == view.count)
    }
  }

  @Test func invalidBytesCountOneUnit() {
    #expect([0xFF, 0xC3, 0x41].withByteView { UnicodeText.utf16Count($0) } == 3)
    #expect(UnicodeText.utf16Count(.empty) == 0)
  }

  // MARK: Classes

  @Test func whiteSpaceIsUnicodes() {
    for value in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if UnicodeText.isWhiteSpace(scalar) != scalar.properties.isWhitespace {
        Issue.record("\(value)")
      }
    }
  }

  @Test func controlsAreCcAndCf() {
    for value in UInt32(0)...0x20000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let category = scalar.properties.generalCategory
      if UnicodeText.isControl(scalar) != (category == .control || category == .format) {
        Issue.record("\(value)")
      }
    }
  }

  @Test(arguments: [
    ("  a b\t", "a b"), ("", ""), ("   ", ""), ("\u{A0}\u{200B}x\u{FEFF}", "x"), ("x", "x"),
    ("\u{3000}ä ", "ä"),
  ])
  func trimming(_ input: String, _ expected: String) {
    #expect(withView(input) { UnicodeText.trimmed($0).string } == expected)
    #expect(withView(input) { UnicodeText.isBlank($0) } == expected.isEmpty)
  }

  // MARK: Names

  @Test(arguments: [
    ("&", "\"&\" AMPERSAND"), (" ", "\" \" SPACE"), ("a", "\"a\" LATIN SMALL LETTER A"),
    ("é", "U+00E9 LATIN SMALL LETTER E WITH ACUTE"), ("\t", "U+0009 CHARACTER TABULATION"),
    ("\n", "U+000A LINE FEED"), ("\r", "U+000D CARRIAGE RETURN"), ("\0", "U+0000 NULL"),
    ("\u{7F}", "U+007F DELETE"), ("\u{A0}", "U+00A0 NO-BREAK SPACE"),
    ("\u{200B}", "U+200B ZERO WIDTH SPACE"), ("\u{202E}", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ("😀", "U+1F600 GRINNING FACE"), ("\u{E000}", "U+E000 (private use)"),
    ("\u{378}", "U+0378 (unassigned)"), ("\u{10FFFF}", "U+10FFFF (unassigned)"),
    ("\u{301}", "U+0301 COMBINING ACUTE ACCENT"),
  ])
  func displayNames(_ character: String, _ expected: String) {
    #expect(withView(character) { UnicodeText.element($0, at: 0).displayName } == expected)
  }

  @Test func everyControlHasAName() {
    for value in Array(UInt8(0)..<0x20) + Array(0x7F..<0xA0) {
      let name = UnicodeText.displayName(Unicode.Scalar(value))
      #expect(!name.hasSuffix(")"))
    }
    #expect(UnicodeText.displayName("\u{1F}") == "U+001F INFORMATION SEPARATOR ONE")
    #expect(UnicodeText.displayName("\u{85}") == "U+0085 NEXT LINE")
    #expect(UnicodeText.displayName("\u{9F}") == "U+009F APPLICATION PROGRAM COMMAND")
    #expect(
      [0xFF].withByteView { UnicodeText.element($0, at: 0).displayName } == "byte 0xFF (not UTF-8)")
  }
}
