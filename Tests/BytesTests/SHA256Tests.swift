import TestKit
import Testing

@testable import Bytes

@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func standardVectors(_ message: String, _ expected: String) {
    let digest = message.withByteView { SHA256.hash($0) }
    #expect(digest.hexadecimal() == expected)
    #expect(digest.hexadecimal(bits: 128) == String(expected.prefix(32)))
    #expect(digest.hexadecimal(bits: 0).isEmpty)
    #expect(digest.bytes.count == 32)
    #expect(digest.bytes.first == UInt8(expected.prefix(2), radix: 16))
    #expect(digest.bytes.last == UInt8(expected.suffix(2), radix: 16))
  }

  @Test func aMillionTimesA() {
    let digest = [UInt8](repeating: 0x61, count: 1_000_000).withByteView { SHA256.hash($0) }
    #expect(
      digest.hexadecimal()
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func piecesGiveTheSameAsTheWhole() {
    let message = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    message.withByteView { bytes in
      let whole = SHA256.hash(bytes)
      for cut in 0...bytes.count {
        var hasher = SHA256()
        hasher.update(bytes.upTo(cut))
        hasher.update(bytes.from(cut))
        #expect(hasher.finalize() == whole)
      }
      var single = SHA256()
      for byte in bytes { single.update(byte) }
      #expect(single.finalize() == whole)
    }
  }

  @Test func everyLengthAroundABlockIsPadded() {
    // The hash of the hashes of 0…130 times "x", computed with another implementation.
    var all = SHA256()
    for count in 0...130 {
      let digest = [UInt8](repeating: 0x78, count: count).withByteView { SHA256.hash($0) }
      digest.bytes.withByteView { all.update($0) }
    }
    #expect(
      all.finalize().hexadecimal()
        == "f5a018ad6f7a21c451c8d98b57699f4aeeb1976b88771c339c7ea60cd09c64ef")
  }

  @Test func finalizingLeavesTheHasherUsable() {
    var hasher = SHA256()
    hasher.update("a")
    _ = hasher.finalize()
    hasher.update("bc")
    #expect(hasher.finalize() == SHA256.hash(ByteView("abc")))
  }

  @Test func numbersAreBigEndian() {
    var hasher = SHA256()
    hasher.update(bigEndian: 0x0102_0304_0506_0708)
    let expected = [UInt8](1...8).withByteView { SHA256.hash($0) }
    #expect(hasher.finalize() == expected)
  }
}
