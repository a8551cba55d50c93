import Bytes

/// What a byte means inside a JSON string.
private enum JSONClass {
  static let plain: UInt8 = 0
  static let escaped: UInt8 = 1
  /// Begins a character that may have to be escaped: RFC 8259 allows all as they are, but
  /// `cat report.json` should be safe.
  static let suspect: UInt8 = 2

  static let table: [UInt8] = {
    var table = [UInt8](repeating: plain, count: 256)
    for control in 0..<0x20 { table[control] = escaped }
    table[0x7F] = escaped
    table[Int(UInt8(ascii: "\""))] = escaped
    table[Int(UInt8(ascii: "\\"))] = escaped
    for lead in 0x80...0xFF { table[lead] = suspect }
    return table
  }()
}

extension OutputBuffer {
  /// Appends a JSON string, quoted and escaped. `text` is valid UTF-8.
  public mutating func append(json text: Span<UInt8>) {
    let table = JSONClass.table
    append(UInt8(ascii: "\""))
    var start = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      let kind = table[Int(byte)]
      if kind == JSONClass.plain {
        index += 1
        continue
      }
      let (scalar, length) = ScalarScan.next(text, at: index)
      if kind == JSONClass.suspect, let scalar, HostileText.isShown(scalar) {
        index += length
        continue
      }
      append(text.extracting(start..<index))
      append(jsonEscape: scalar ?? "\u{FFFD}")
      index += length
      start = index
    }
    append(text.extracting(start..<index))
    append(UInt8(ascii: "\""))
  }

  /// Appends a JSON string, quoted and escaped.
  public mutating func append(json text: String) {
    append(json: text.utf8Span.span)
  }

  private mutating func append(jsonEscape scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    default:
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
        append("\\u")
        append(hex: UInt32(unit), digits: 4)
      }
    }
  }
}
