import TestKit
import Testing

@testable import Bytes

@Suite struct KeyedHashTests {
  private let hash = KeyedHash(key: (0x1234_5678_9ABC_DEF0, 0x0FED_CBA9_8765_4321))

  private func exact(_ bytes: [UInt8], tag: UInt64 = 0) -> UInt64 {
    bytes.withByteView { hash.exact($0, tag: tag) }
  }

  private func folded(_ bytes: [UInt8], tag: UInt64 = 0) -> UInt64 {
    bytes.withByteView { hash.foldingASCIICase($0, tag: tag) }
  }

  /// Folding is that of ASCII alone, for every byte at every place of a word and after it.
  @Test func foldingIsTheHashOfSmallLetters() {
    for byte in UInt8.min...UInt8.max {
      for length in 1...17 {
        for place in 0..<length {
          var bytes = [UInt8](repeating: 0x5A, count: length)
          bytes[place] = byte
          #expect(folded(bytes) == exact(bytes.map(\.asciiLowercased)))
        }
      }
    }
  }

  @Test func randomBytesAreFoldedAlike() {
    var dice = Dice(1)
    for _ in 0..<5000 {
      let bytes = dice.bytes(dice.roll(64))
      #expect(folded(bytes) == exact(bytes.map(\.asciiLowercased)))
      #expect(folded(bytes) == folded(bytes.map(\.asciiUppercased)))
    }
  }

  @Test func differentThingsDiffer() {
    var seen: Set<UInt64> = []
    var count = 0
    for tag in 0..<8 as Range<UInt64> {
      for length in 0...24 {
        // NULs must count: the last word is filled up with them.
        seen.insert(exact([UInt8](repeating: 0, count: length), tag: tag))
        seen.insert(exact([UInt8](repeating: 0x61, count: length + 1), tag: tag))
        count += 2
      }
    }
    for bit in 0..<(24 * 8) {
      var bytes = [UInt8](repeating: 0, count: 25)
      bytes[bit / 8] = 1 << UInt8(bit % 8)
      seen.insert(exact(bytes))
      count += 1
    }
    #expect(seen.count == count)
  }

  @Test func keyDecides() {
    let other = KeyedHash(key: (0x1234_5678_9ABC_DEF0, 0x0FED_CBA9_8765_4323))
    #expect("x".bytes.withByteView { other.exact($0, tag: 0) } != exact("x".bytes))
    let random = (KeyedHash(), KeyedHash())
    "x".bytes.withByteView {
      #expect(random.0.exact($0, tag: 0) != random.1.exact($0, tag: 0))
      #expect(random.0.exact($0, tag: 0) == random.0.exact($0, tag: 0))
    }
  }
}
