/// Text of a directory, a server or a file, for the eye: nothing in it reaches a terminal as a command,
/// and nothing hides from the reader.
///
/// This is the one definition of what may be shown as it is: every report, patch, snapshot and message
/// goes by it, and only the way to spell out the rest is each format's own.
public enum HostileText {
  /// Whether `scalar` is shown as it is: no control, bidirectional or other format character, no
  /// separator but the blank, nothing private, unassigned or invisible (Unicode Standard, chapter 4.5
  /// and `Default_Ignorable_Code_Point`).
  public static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    // Most letters of European languages, Cyrillic, the ideographs and Hangul, for speed.
    if scalar.value >= 0xAE, scalar.value < 0x300 { return true }
    if scalar.value >= 0x400, scalar.value < 0x530 { return true }
    if scalar.value >= 0x4E00, scalar.value < 0xA000 { return true }
    if scalar.value >= 0xAC00, scalar.value < 0xD7A4 { return true }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse,
      .surrogate, .unassigned:
      false
    default: !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// Whether `byte` is by itself a character that is shown as it is.
  public static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

  /// `bytes` as they may be shown: what may not be as `\u{1b}`, what is not UTF-8 as `\xff`.
  public static func shown(_ bytes: [UInt8]) -> String {
    var out = OutputBuffer()
    out.append(visible: bytes.span)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  /// `text` as it may be shown.
  public static func shown(_ text: String) -> String { shown(Array(text.utf8)) }

  /// `text` in one line: runs of white space and control characters become one blank.
  public static func oneLine(_ text: String) -> String {
    var result = ""
    var isPending = false
    for scalar in text.unicodeScalars {
      if scalar.value <= 0x20 || (0x7F...0x9F).contains(scalar.value)
        || scalar.value == 0x2028 || scalar.value == 0x2029
      {
        isPending = !result.isEmpty
        continue
      }
      if isPending { result.append(" ") }
      isPending = false
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// `text` with its middle left out when it has more than `limit` characters.
  public static func shortened(_ text: String, limit: Int = 400) -> String {
    // A character has at least one byte.
    guard text.utf8.count > limit, text.count > limit else { return text }
    return "\(text.prefix(limit * 3 / 4)) … \(text.suffix(limit / 4))"
  }

  /// `bytes` in quotation marks for a sentence, cut after `limit` bytes or a little before; what is not
  /// UTF-8 as U+FFFD. What shows the sentence spells out what may not be shown.
  public static func quoted(_ bytes: ByteView, limit: Int = 64) -> String {
    guard bytes.count > limit else { return "\"\(bytes.string)\"" }
    var end = limit
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return "\"\(bytes.upTo(end).string)…\""
  }
}

extension OutputBuffer {
  /// Appends `bytes` as they may be shown.
  public mutating func append(visible bytes: Span<UInt8>) {
    var start = 0
    var index = 0
    while index < bytes.count {
      if HostileText.isPlain(bytes[index]) {
        index += 1
        continue
      }
      let (scalar, length) = ScalarScan.next(bytes, at: index)
      if let scalar, HostileText.isShown(scalar) {
        index += length
        continue
      }
      append(bytes.extracting(start..<index))
      if let scalar {
        append(escaped: scalar)
      } else {
        append("\\x")
        append(hex: UInt32(bytes[index]), digits: 2)
      }
      index += length
      start = index
    }
    append(bytes.extracting(start..<index))
  }

  /// Appends `text` as it may be shown.
  public mutating func append(visible text: String) { append(visible: text.utf8Span.span) }

  /// Appends `scalar` as `\u{1b}`.
  public mutating func append(escaped scalar: Unicode.Scalar) {
    append("\\u{")
    append(hex: scalar.value)
    append(UInt8(ascii: "}"))
  }
}
