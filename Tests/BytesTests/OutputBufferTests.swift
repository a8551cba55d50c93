import TestKit
import Testing

@testable import Bytes

@Suite struct OutputBufferTests {
  private func text(_ body: (inout OutputBuffer) -> Void) -> String {
    var out = OutputBuffer()
    body(&out)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  @Test func everythingIsAppended() {
    var other = OutputBuffer(capacity: 4)
    other.append("joined")
    let result = text { out in
      out.append("literal ")
      out.append(utf8: "text ö ")
      out.append([0x61, 0x62])
      out.append(UInt8(ascii: "-"), count: 3)
      out.append(UInt8(ascii: "x"), count: -1)
      out.append(ByteView("view"))
      out.append(other)
    }
    #expect(result == "literal text ö ab---viewjoined")
  }

  @Test(arguments: [0, 1, 9, 10, -1, 1_208_000, .max, .min])
  func numberIsDecimal(_ number: Int) {
    #expect(text { $0.append(decimal: number) } == String(number))
  }

  @Test(
    arguments: [
      (0, 1, "0"), (0, 4, "0000"), (0x1B, 2, "1b"), (0x1B, 4, "001b"), (0x2028, 2, "2028"),
      (0xFFFF_FFFF, 1, "ffffffff"),
    ] as [(UInt32, Int, String)])
  func numberIsHexadecimal(_ number: UInt32, _ digits: Int, _ expected: String) {
    #expect(text { $0.append(hex: number, digits: digits) } == expected)
  }

  /// The test vectors of RFC 4648 section 10, and bytes that use the last two digits.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func bytesAreBase64(_ plain: String, _ expected: String) {
    #expect(text { $0.append(base64: plain.utf8Span.span) } == expected)
    #expect(text { $0.append(base64: ([0xFB, 0xEF, 0xFF] as [UInt8]).span) } == "++//")
  }

  @Test func memoryIsKept() {
    var out = OutputBuffer()
    for _ in 0..<10_000 { out.reserve(1); out.append(1) }
    let capacity = out.storage.capacity
    out.removeAll()
    #expect(out.isEmpty)
    #expect(out.storage.capacity == capacity)
  }
}
