import Foundation

@testable import Bytes

extension String {
  var bytes: [UInt8] { Array(utf8) }
}

/// Numbers that look random and are the same in every run.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// A number from 0 up to and without `limit`.
  mutating func roll(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(limit))
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(roll(256)) }
  }
}

/// Runs `body` with the path of a file that holds `bytes`, which is removed afterwards.
func withFile<R>(_ bytes: [UInt8], _ body: (String) throws -> R) throws -> R {
  let url = FileManager.default.temporaryDirectory.appending(path: "ldaplint-\(UUID())")
  try Data(bytes).write(to: url)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(url.path)
}
