import Bytes

@testable import Directory

/// A view of text that is kept alive for the length of `body`.
func withView<R>(_ text: String, _ body: (ByteView) -> R) -> R {
  Array(text.utf8).withByteView { body($0) }
}

/// The result of a function from bytes to bytes in an arena, as text.
func text(_ input: String, _ function: (ByteView, ByteArena) -> ByteView?) -> String? {
  let arena = ByteArena(blockSize: 256)
  return withView(input) { function($0, arena)?.string }
}

/// Bytes that no parser expects: NUL, invalid UTF-8 of every kind, a lone surrogate, the last scalar.
let hostileBytes: [[UInt8]] = [
  [0], [0xFF], [0xFE, 0xFF], [0x80], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80],
  [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80],
]
