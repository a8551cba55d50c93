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
