import Bytes

/// Strings as UTF-8 bytes, counted as the engine counts them: in UTF-16 code units.
///
/// A byte that is not part of valid UTF-8 counts as one character and equals only itself.
enum Text {
  /// Longest string that an expression may build, in bytes; keeps hostile data from filling memory.
  static let limit = 1 << 24

  /// A decoded character.
  struct Character {
    /// The code point, or 0x110000 plus the byte that is not UTF-8.
    var code: UInt32
    /// How many bytes it has.
    var length: Int
    /// How many UTF-16 code units it has.
    var units: Int { code >= 0x10000 && code < 0x11_0000 ? 2 : 1 }
  }

  /// The character that starts at byte `index`.
  static func character(_ text: ByteView, at index: Int) -> Character {
    let first = text[index]
    if first < 0x80 { return Character(code: UInt32(first), length: 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    let stray = Character(code: 0x11_0000 + UInt32(first), length: 1)
    guard first >= 0xC2, first <= 0xF4, index + length <= text.count else { return stray }
    var code = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let byte = text[index + offset]
      guard byte & 0xC0 == 0x80 else { return stray }
      code = code << 6 | UInt32(byte & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard code >= smallest, Unicode.Scalar(code) != nil else { return stray }
    return Character(code: code, length: length)
  }

  /// Whether all of it is UTF-8.
  static func isValid(_ text: ByteView) -> Bool {
    var index = 0
    while index < text.count {
      let character = character(text, at: index)
      if character.code >= 0x11_0000 { return false }
      index += character.length
    }
    return true
  }

  /// Whether all bytes are ASCII.
  static func isASCII(_ text: ByteView) -> Bool {
    for byte in text where byte >= 0x80 { return false }
    return true
  }

  /// The length in UTF-16 code units.
  static func length(_ text: ByteView) -> Int {
    var index = 0
    var units = 0
    while index < text.count {
      let character = character(text, at: index)
      index += character.length
      units += character.units
    }
    return units
  }

  /// The byte at which the character number `units` starts, from 0; the end when there are fewer.
  /// A place inside a surrogate pair is the place before it.
  static func offset(_ text: ByteView, units: Int) -> Int {
    var index = 0
    var remaining = units
    while remaining > 0, index < text.count {
      let character = character(text, at: index)
      remaining -= character.units
      if remaining < 0 { break }
      index += character.length
    }
    return index
  }

  /// Adds a character that `character(_:at:)` returned.
  static func append(_ code: UInt32, to bytes: inout [UInt8]) {
    if let encoded = Unicode.Scalar(code).flatMap(UTF8.encode) {
      bytes.append(contentsOf: encoded)
    } else {
      bytes.append(UInt8(truncatingIfNeeded: code))
    }
  }

  /// Whether it is Unicode White_Space.
  static func isWhiteSpace(_ code: UInt32) -> Bool {
    if code < 0x80 { return code == 0x20 || (code >= 9 && code <= 13) }
    return Unicode.Scalar(code)?.properties.isWhitespace ?? false
  }
}
