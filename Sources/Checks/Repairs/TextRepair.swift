import Bytes
import Directory

/// Changes of text that repairs are made of.
enum TextRepair {
  /// `text` without white space and control characters.
  static func withoutWhiteSpace(_ text: ByteView) -> [UInt8] {
    var result: [UInt8] = []
    guard text.hasNonASCII else {
      for byte in text where byte > 0x20 && byte != 0x7F { result.append(byte) }
      return result
    }
    for (offset, element) in UnicodeText.elements(text) {
      if let scalar = element.scalar,
        UnicodeText.isWhiteSpace(scalar) || UnicodeText.isControl(scalar)
      {
        continue
      }
      result.append(contentsOf: text[offset..<(offset + element.length)])
    }
    return result
  }

  /// `text` without dots at its ends and with single ones inside, before its `@` if it has one.
  static func withoutStrayDots(_ text: ByteView) -> [UInt8] {
    let end = text.lastIndex(of: 0x40) ?? text.count
    var result: [UInt8] = []
    for byte in text.upTo(end) {
      if byte == 0x2E, result.isEmpty || result.last == 0x2E { continue }
      result.append(byte)
    }
    while result.last == 0x2E { result.removeLast() }
    return result + text.from(end).array
  }

  /// `text` cut to `limit` UTF-16 units (or bytes) at a character boundary.
  ///
  /// An address loses characters before its `@`, never of its domain.
  static func truncated(_ text: ByteView, to limit: Int, bytes: Bool) -> [UInt8]? {
    let tailStart = text.lastIndex(of: 0x40) ?? text.count
    let tail = text.from(tailStart)
    var room = limit - (bytes ? tail.count : UnicodeText.utf16Count(tail))
    guard room > 0 else { return nil }
    var result: [UInt8] = []
    let head = text.upTo(tailStart)
    // In ASCII only CR LF is a character of more than one byte.
    if !head.hasNonASCII, head.firstIndex(of: 0x0D) == nil {
      return ended(head.upTo(min(room, head.count)).array, tail)
    }
    for character in head.string {
      let size = bytes ? character.utf8.count : character.utf16.count
      if size > room { break }
      room -= size
      result.append(contentsOf: character.utf8)
    }
    return ended(result, tail)
  }

  /// `head` without spaces and dots at its end, before `tail`; nil when nothing is left of it.
  private static func ended(_ head: [UInt8], _ tail: ByteView) -> [UInt8]? {
    var head = head
    while head.last == 0x20 || head.last == 0x2E { head.removeLast() }
    return head.isEmpty ? nil : head + tail.array
  }
}
