import Bytes
import Directory
import Foundation
import Testing

@testable import LDIF

extension String {
  var bytes: [UInt8] { Array(utf8) }
}

extension Array where Element == UInt8 {
  var text: String { String(decoding: self, as: UTF8.self) }
}

/// `text` with every line feed written as CR and LF.
func crlf(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
}

/// An input that holds `bytes` in a file nobody else sees.
func input(_ bytes: [UInt8]) throws -> LDIFInput {
  let descriptor = try Spool.make(in: Spool.defaultFolder)
  try bytes.withByteView { (view) throws(SystemError) in try Spool.write(view, to: descriptor) }
  return try LDIFInput.prepared(
    ReadableFile(adopting: descriptor), folder: Spool.defaultFolder)
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
