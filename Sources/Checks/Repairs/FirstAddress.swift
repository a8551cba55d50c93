import Bytes
import Directory

/// The first address that stands in a text, between quotation marks, brackets, types and others.
struct FirstAddress {
  /// The address, without a type.
  let address: ByteView
  /// The `smtp:` or `sip:` before it, as it is spelled; nil when there is none.
  let type: ByteView?

  /// Nil when there is no `@` in `text`, or nothing on one side of it.
  init?(in text: ByteView) {
    guard let at = text.firstIndex(of: 0x40) else { return nil }
    var start = 0
    var end = text.count
    for (offset, element) in UnicodeText.elements(text) where Self.isBoundary(element.scalar) {
      if offset < at {
        start = offset + element.length
      } else {
        end = offset
        break
      }
    }
    // An apostrophe is a quotation mark where it stands at both ends; no domain has one.
    let isMarked = Self.isApostrophe(text[start])
    while end > at + 1, Self.isApostrophe(text[end - 1]) { end -= 1 }
    if isMarked, end < text.count, Self.isApostrophe(text[end]) || text[end] == 0xC2 { start += 1 }
    guard start < at, end > at + 1 else { return nil }
    address = text[start..<end]
    type = Self.type(in: text.upTo(start))
  }

  private static func type(in head: ByteView) -> ByteView? {
    for word in [ByteView("smtp:"), ByteView("sip:")] where head.count >= word.count {
      for start in 0...(head.count - word.count) {
        let found = head[start..<(start + word.count)]
        if found.equalsIgnoringASCIICase(word) { return found }
      }
    }
    return nil
  }

  static func isApostrophe(_ byte: UInt8) -> Bool { byte == 0x27 || byte == 0x60 }

  /// Whether no address goes on beyond the character: white space, controls, quotation marks,
  /// brackets, and what separates addresses and types.
  static func isBoundary(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    switch scalar.value {
    case 0x22, 0x28, 0x29, 0x2C, 0x3A...0x3C, 0x3E, 0x5B, 0x5D, 0x7C, 0xAB, 0xB4, 0xBB,
      0x2018...0x201F, 0x2039, 0x203A:
      return true
    default: return UnicodeText.isWhiteSpace(scalar) || UnicodeText.isControl(scalar)
    }
  }
}
