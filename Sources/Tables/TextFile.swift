/// Small files of text as people save them: with or without a byte order mark, in UTF-8 or UTF-16.
public enum TextFile {
  /// A line, without what ends it.
  public struct Line: Sendable {
    /// From 1.
    public var number: Int
    /// Where it begins, in bytes.
    public var offset: Int
    /// What stands in it; what is not UTF-8 has become U+FFFD.
    public var text: String

    /// Whether there is nothing in it but blanks, or it is a comment, which begins with `#` or `;`.
    public var isEmpty: Bool {
      let first = text.first { !$0.isWhitespace && $0 != "\u{FEFF}" }
      return first == nil || first == "#" || first == ";"
    }
  }

  /// `bytes` as UTF-8 without a byte order mark.
  ///
  /// UTF-16 is told by its mark, or by a first character of which one byte is zero: what Windows
  /// PowerShell 5.1 writes with `>` has a mark, what other programs write has none. Half a character at
  /// the end, and a lone surrogate, become U+FFFD.
  public static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    let mark = bytes.withByteView(\.byteOrderMarkLength)
    if mark > 0 { return Array(bytes[mark...]) }
    guard bytes.count >= 2 else { return bytes }
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): return utf8(bytes[2...], low: 0)
    case (0xFE, 0xFF): return utf8(bytes[2...], low: 1)
    case (1..., 0): return utf8(bytes[...], low: 0)
    case (0, 1...): return utf8(bytes[...], low: 1)
    default: return bytes
    }
  }

  /// UTF-16 in UTF-8; `low` is which byte of two is the lower one.
  private static func utf8(_ bytes: ArraySlice<UInt8>, low: Int) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2 + 1)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      units.append(UInt16(bytes[index + low]) | UInt16(bytes[index + 1 - low]) << 8)
      index += 2
    }
    if index < bytes.endIndex { units.append(0xFFFD) }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The lines of `utf8`, which end with LF, CR LF, CR CR LF or CR.
  public static func lines(_ utf8: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var start = 0
    var index = 0
    while start < utf8.count {
      while index < utf8.count, utf8[index] != 0x0A, utf8[index] != 0x0D { index += 1 }
      let text = String(decoding: utf8[start..<index], as: UTF8.self)
      lines.append(Line(number: lines.count + 1, offset: start, text: text))
      var end = index
      while end < utf8.count, utf8[end] == 0x0D { end += 1 }
      // CR alone ends a line each time; before LF it is part of one end.
      index = end < utf8.count && utf8[end] == 0x0A ? end + 1 : min(index + 1, utf8.count)
      start = index
    }
    return lines
  }
}
