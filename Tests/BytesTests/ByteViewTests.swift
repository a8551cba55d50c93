import TestKit
import Testing

@testable import Bytes

@Suite struct ByteViewTests {
  private func views(_ body: (ByteView, [UInt8]) -> Void) {
    var dice = Dice(1)
    for length in Array(0...70) + [127, 128, 129, 1000] {
      var bytes = dice.bytes(length).map { $0 % 4 == 0 ? 0x0A : $0 }
      if length % 3 == 0 { bytes = bytes.map { $0 & 0x7F } }
      bytes.withByteView { body($0, bytes) }
    }
  }

  @Test func searchIsTheSimpleOne() {
    views { view, bytes in
      #expect(view.newlineCount == bytes.count { $0 == 0x0A })
      #expect(view.hasNonASCII == bytes.contains { $0 >= 0x80 })
      #expect(view.lastIndex(of: 0x0A) == bytes.lastIndex(of: 0x0A))
      for start in 0...(bytes.count + 1) {
        let expected = bytes.dropFirst(start).firstIndex(of: 0x0A)
        #expect(view.firstIndex(of: 0x0A, from: start) == expected)
      }
      #expect(view.array == bytes)
      #expect(view == view && Array(view) == bytes)
    }
  }

  /// More rounds than a byte can count, at every distance from a word's boundary.
  @Test func manyNewlinesAreCounted() {
    let bytes = [UInt8](repeating: 0x0A, count: 64 * 255 * 3 + 77)
    bytes.withByteView { view in
      for start in 0..<70 {
        #expect(view.from(start).newlineCount == bytes.count - start)
        #expect(view.upTo(bytes.count - start).newlineCount == bytes.count - start)
      }
    }
    var dice = Dice(6)
    for _ in 0..<50 {
      let mixed = (0..<dice.roll(40_000)).map { _ in UInt8(dice.roll(12)) }
      #expect(mixed.withByteView { $0.newlineCount } == mixed.count { $0 == 0x0A })
    }
  }

  /// Short texts are kept where the text itself is, not in memory of their own.
  @Test(arguments: ["", "mail", "userPassword", "fifteen letters", "sixteen letters.", "ä"])
  func textsAreSeenAsTheyAre(_ text: String) {
    #expect(text.withByteView { $0.array } == Array(text.utf8))
    #expect(text.uppercased().withByteView { $0.string } == text.uppercased())
  }

  @Test func comparing() {
    let view = ByteView("Hello")
    #expect(view == ByteView("Hello") && view != ByteView("hello") && view != ByteView("Hell"))
    #expect(
      view.equalsIgnoringASCIICase(ByteView("hELLO"))
        && !view.equalsIgnoringASCIICase(ByteView("hell")))
    #expect(!ByteView("@[").equalsIgnoringASCIICase(ByteView("`{")))
    #expect(view.starts(with: ByteView("He")) && !view.starts(with: ByteView("Hello!")))
    #expect(view.ends(with: ByteView("lo")) && !view.ends(with: ByteView("xHello")))
    #expect(view.starts(with: ByteView.empty) && ByteView.empty == ByteView(""))
    #expect(view.from(5).isEmpty && view.upTo(0).isEmpty && view[1..<3] == ByteView("el"))
    #expect(view.string == "Hello" && view.withSpan { $0.count } == 5)
    #expect([0xFF].withByteView { $0.string } == "\u{FFFD}")
  }

  @Test(
    arguments: [
      ("", ""), (" ", ""), (" \t\r\n\u{B}\u{C}", ""), ("a", "a"), (" a b ", "a b"),
      ("\u{A0}a\u{A0}", "\u{A0}a\u{A0}"), ("a\u{0} ", "a\u{0}"),
    ])
  func trimming(_ text: String, _ expected: String) {
    #expect(text.withByteView { $0.trimmed.string } == expected)
  }

  @Test func classesOfBytes() {
    for byte in UInt8.min...UInt8.max {
      let scalar = Unicode.Scalar(byte)
      let isSmall = ("a"..."z").contains(scalar)
      let isCapital = ("A"..."Z").contains(scalar)
      #expect(byte.asciiLowercased == (isCapital ? byte + 32 : byte))
      #expect(byte.asciiUppercased == (isSmall ? byte - 32 : byte))
      #expect(byte.isASCIILetter == (isSmall || isCapital))
      #expect(byte.isASCIIDigit == ("0"..."9").contains(scalar))
      #expect(byte.isASCIIWhiteSpace == " \t\n\u{B}\u{C}\r".utf8.contains(byte))
    }
  }

  @Test func errorsPassThroughAView() {
    struct Failure: Error, Equatable { var count: Int }
    #expect(throws: Failure(count: 2)) {
      try "ab".bytes.withByteView { (view) throws(Failure) in throw Failure(count: view.count) }
    }
    #expect("äb".withByteView { $0.count } == 3)
    #expect([UInt8]().withByteView { $0.isEmpty })
  }
}
