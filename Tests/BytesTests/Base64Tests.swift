import Foundation
import TestKit
import Testing

@testable import Bytes

@Suite struct Base64Tests {
  private func decoded(_ text: some Collection<UInt8>) -> [UInt8]? {
    let arena = ByteArena()
    return Array(text).withByteView { Base64.decode($0, into: arena)?.array }
  }

  private func decoded(_ text: String) -> [UInt8]? { decoded(text.utf8) }

  /// What can be decoded is valid, and nothing else.
  @Test func validityIsThatOfDecoding() {
    var dice = Dice(8)
    let pieces = ["\n ", "\r\n ", "=", "==", "*", " ", "-", "\u{9}", "A", "zZ/+"].map(\.bytes)
    for round in 0..<20_000 {
      var text = Base64.encode(dice.bytes(dice.roll(90)))
      for _ in 0..<dice.roll(4) {
        let place = dice.roll(text.count + 1)
        text.insert(contentsOf: pieces[dice.roll(pieces.count)], at: place)
      }
      if round % 5 == 0, !text.isEmpty { text[dice.roll(text.count)] = UInt8(dice.roll(256)) }
      guard !text.text.contains("\n\t") else { continue }
      let isValid = text.withByteView { Base64.isValid($0) }
      #expect(isValid == (decoded(text) != nil), "\(text.text)")
    }
    #expect("Zm9v\n\tZm9v".withByteView { Base64.isValid($0) })
  }

  @Test func everyLengthGoesThereAndBack() {
    var dice = Dice(1)
    for length in 0...300 {
      let bytes = dice.bytes(length)
      let text = Base64.encode(bytes)
      #expect(text == Array(Data(bytes).base64EncodedString().utf8))
      #expect(decoded(text) == bytes)
    }
  }

  @Test func everyPairOfBytesGoesThereAndBack() {
    for first in UInt8.min...UInt8.max {
      let bytes = (UInt8.min...UInt8.max).flatMap { [first, $0] }
      #expect(decoded(Base64.encode(bytes)) == bytes)
      #expect(decoded(Base64.encode([first])) == [first])
      #expect(decoded(Base64.encode([first, ~first])) == [first, ~first])
    }
  }

  /// Folds and blanks may be at any place, before and after the padding too.
  @Test(arguments: ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFyZm9vYmFy"])
  func foldsAreAnywhere(_ text: String) {
    let expected = decoded(text)
    #expect(expected != nil)
    for cut in 0...text.utf8.count {
      for gap in ["\n ", "\r\n ", " ", "   ", "\n \n ", "\r"] {
        #expect(decoded(text.prefix(cut) + gap + text.dropFirst(cut)) == expected)
      }
    }
  }

  @Test(arguments: [
    "Z", "Zg", "Zg=", "Zm8", "Zm9vZ", "=", "==", "===", "====", "Z===", "Zg=a", "Zg==Zg==", "Zg===",
    "Zg==x", "Zm9v=", "Zm9v====", "Zm8==", "=Zg=", "Z=g=", "Zm9v!", "Zm-_", "Zm9\u{0}", "Zm9\t",
    "Zm\u{FC}v", "Zg== =", "Zm9v\u{0B}",
  ])
  func whatIsNotBase64IsRefused(_ text: String) {
    #expect(decoded(text) == nil)
  }

  @Test func everyOtherByteIsRefusedAnywhere() {
    let digits = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    for byte in UInt8.min...UInt8.max where !digits.contains(byte) && byte != 0x3D {
      let isBlank = [0x20, 0x0A, 0x0D].contains(byte)
      for place in 0...8 {
        var text = "Zm9vYmFy".bytes
        text.insert(byte, at: place)
        #expect(decoded(text) == (isBlank ? "foobar".bytes : nil), "byte \(byte) at \(place)")
      }
    }
  }

  /// Padding is at the end, one or two characters, and fills up a group of four: nothing else is.
  @Test func randomTextIsDecodedWhenItIsWellFormed() {
    var dice = Dice(4)
    let letters = "AZaz09+/==".bytes
    for _ in 0..<20_000 {
      let text = (0..<dice.roll(13)).map { _ in letters[dice.roll(letters.count)] }
      let padding = text.reversed().prefix { $0 == 0x3D }.count
      let isWellFormed =
        text.count % 4 == 0 && padding < 3 && !text.dropLast(padding).contains(0x3D)
      let expected = isWellFormed ? Data(base64Encoded: Data(text)).map { Array($0) } : nil
      #expect(decoded(text) == expected, "\(String(decoding: text, as: UTF8.self))")
    }
  }
}
