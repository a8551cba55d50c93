import TestKit
import Testing

@testable import Bytes

@Suite struct ScalarScanTests {
  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE2, 0x82],
      [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
      [0xE2, 0x41, 0x41],
    ] as [[UInt8]])
  func malformedByteIsOneStep(_ bytes: [UInt8]) {
    let (scalar, length) = ScalarScan.next(bytes.span, at: 0)
    #expect(scalar == nil)
    #expect(length == 1)
    let isUTF8 = ScalarScan.isUTF8(bytes.span)
    #expect(!isUTF8)
  }

  @Test func agreesWithTheStandardLibrary() {
    for code in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(code) else { continue }
      let bytes = Array(String(Character(scalar)).utf8)
      let (found, length) = ScalarScan.next(bytes.span, at: 0)
      if found != scalar || length != bytes.count { Issue.record("U+\(String(code, radix: 16))") }
    }
  }
}

@Suite struct HighByteTests {
  /// Both say what a look at each byte says, wherever the bytes stand.
  @Test func areFoundWhereverTheyAre() {
    var dice = Dice(17)
    let pieces = ["ö", "€", "😀", "a", String(repeating: "x", count: 20)].map(\.bytes)
    for round in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<dice.roll(12) { bytes += pieces[dice.roll(pieces.count)] }
      if round % 2 == 0, !bytes.isEmpty { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256)) }
      if round % 3 == 0 { bytes.removeLast(min(bytes.count, dice.roll(3))) }
      let text = bytes.withByteView { ($0.hasHighByte, $0.isUTF8) }
      #expect(text.0 == bytes.contains { $0 >= 0x80 })
      #expect(text.1 == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }
}
