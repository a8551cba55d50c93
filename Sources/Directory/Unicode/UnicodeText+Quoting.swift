import Bytes

extension UnicodeText {
  /// At most this many bytes of a value are quoted in a phrase.
  private static let longestQuote = 64

  /// `bytes` in quotation marks for a sentence: cut when long, what is not UTF-8 as U+FFFD.
  /// Allocates; for output, which escapes it again for its medium.
  static func quoted(_ bytes: ByteView) -> String {
    guard bytes.count > longestQuote else { return "\"\(bytes.string)\"" }
    var end = longestQuote
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return "\"\(bytes.upTo(end).string)…\""
  }
}
