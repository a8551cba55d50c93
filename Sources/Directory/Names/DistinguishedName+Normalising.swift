import Bytes

extension DistinguishedName {
  /// Appends the normalised form of a name that is written as nearly all are: types of letters, and values
  /// in which nothing needs a second look but case. Returns false, having written something useless, for
  /// any other text.
  static func normalisePlain(_ text: ByteView, to sink: inout ArenaSink) -> Bool {
    var index = 0
    repeat {
      let type = index
      while index < text.count, text[index].isASCIILetter {
        sink.append(text[index] | 0x20)
        index &+= 1
      }
      guard index > type, index &+ 1 < text.count, text[index] == UInt8(ascii: "=") else {
        return false
      }
      sink.append(UInt8(ascii: "="))
      index &+= 1
      guard text[index] != UInt8(ascii: "#"), appendPlainValue(text, &index, to: &sink) else {
        return false
      }
      if index == text.count { return true }
      // Of what follows the comma there must be something.
      sink.append(UInt8(ascii: ","))
      index &+= 1
    } while true
  }

  /// Appends the value at `index`, and moves it to the comma behind it or to the end; false for one that is
  /// written in an unusual way.
  @inline(__always)
  private static func appendPlainValue(
    _ text: ByteView, _ index: inout Int, to sink: inout ArenaSink
  ) -> Bool {
    // Blanks at the ends, or several of them, do not count.
    var followsBlank = true
    while index < text.count, text[index] != UInt8(ascii: ",") {
      let byte = text[index]
      if byte == 0x20 {
        if followsBlank { return false }
        followsBlank = true
        sink.append(byte)
        index &+= 1
        continue
      }
      followsBlank = false
      if byte >= 0x80 {
        let element = UnicodeText.element(text, at: index)
        guard let scalar = element.scalar else { return false }
        sink.append(UnicodeText.lowercase(scalar))
        index &+= element.length
      } else if !needsEscape(byte) {
        sink.append(byte.asciiLowercased)
        index &+= 1
      } else {
        guard byte == UInt8(ascii: "\\"), index &+ 1 < text.count,
          text[index &+ 1] == UInt8(ascii: ",")
        else { return false }
        sink.append("\\2c")
        index &+= 2
      }
    }
    return !followsBlank
  }

  /// Appends the normalised form of a name whose RDNs have one assertion each.
  ///
  /// Returns false, having written something useless, when one has more: they must be sorted.
  static func normaliseSimple(
    _ text: ByteView, to sink: inout some ByteSink
  ) throws(DistinguishedNameError) -> Bool {
    var scanner = AssertionScanner(text)
    var isFirst = true
    while let found = try scanner.next() {
      if found.isContinued { return false }
      if !isFirst { sink.append(UInt8(ascii: ",")) }
      isFirst = false
      normalise(found, text, to: &sink)
    }
    return true
  }

  /// Appends the normalised form of any name.
  static func normalise(
    _ text: ByteView, to result: inout [UInt8]
  ) throws(DistinguishedNameError) {
    var scanner = AssertionScanner(text)
    var assertions: [[UInt8]] = []
    while let found = try scanner.next() {
      var assertion: [UInt8] = []
      normalise(found, text, to: &assertion)
      assertions.append(assertion)
      if found.isContinued { continue }
      if assertions.count > 1 { assertions.sort { $0.lexicographicallyPrecedes($1) } }
      if !result.isEmpty { result.append(UInt8(ascii: ",")) }
      result.append(contentsOf: assertions.joined(separator: [UInt8(ascii: "+")]))
      assertions.removeAll(keepingCapacity: true)
    }
  }

  private static func normalise(
    _ found: AssertionScanner.Assertion, _ text: ByteView, to sink: inout some ByteSink
  ) {
    for index in found.type { sink.append(text[index].asciiLowercased) }
    sink.append(UInt8(ascii: "="))
    let raw = text[found.value]
    if found.form == .plain || (found.form != .hexadecimal && !hasHighEscape(raw)) {
      normaliseValue(raw, isEscaped: found.form != .plain, to: &sink)
      return
    }
    var value: [UInt8] = []
    let isText = found.decode(text, to: &value)
    guard isText else {
      sink.append(UInt8(ascii: "#"))
      for byte in value { sink.append(hexadecimal: byte) }
      return
    }
    value.withByteView { normaliseValue($0, isEscaped: false, to: &sink) }
  }

  /// Whether an escape stands for a byte of a longer UTF-8 sequence, so that the value must be
  /// decoded before its scalars can be seen.
  private static func hasHighEscape(_ raw: ByteView) -> Bool {
    var index = 0
    while index < raw.count {
      let (byte, length) = AssertionScanner.byte(raw, at: index)
      if length == 3, byte >= 0x80 { return true }
      index += length
    }
    return false
  }

  /// RFC 4518 in so far as directories do it: case folded, spaces at the ends dropped and others
  /// made single. Only U+0020 is a space: the line feed in a conflict object's name stays.
  private static func normaliseValue(
    _ value: ByteView, isEscaped: Bool, to sink: inout some ByteSink
  ) {
    var isEmpty = true
    var hasSpace = false
    var index = 0
    while index < value.count {
      let (byte, length) =
        isEscaped ? AssertionScanner.byte(value, at: index) : (value[index], 1)
      if byte == 0x20 {
        hasSpace = true
        index += length
        continue
      }
      if hasSpace, !isEmpty { sink.append(0x20) }
      hasSpace = false
      if byte < 0x80 {
        appendNormalised(byte, isFirst: isEmpty, to: &sink)
        index += length
      } else {
        let element = UnicodeText.element(value, at: index)
        if let scalar = element.scalar {
          sink.append(UnicodeText.lowercase(scalar))
        } else {
          sink.append(element.byte)
        }
        index += element.length
      }
      isEmpty = false
    }
    // A value of nothing but spaces is one space, which differs from no value.
    if isEmpty, hasSpace { sink.append("\\20") }
  }

  @inline(__always)
  private static func appendNormalised(
    _ byte: UInt8, isFirst: Bool, to sink: inout some ByteSink
  ) {
    if needsEscape(byte) || (isFirst && byte == UInt8(ascii: "#")) {
      sink.append(UInt8(ascii: "\\"))
      sink.append(hexadecimal: byte)
    } else {
      sink.append(byte.asciiLowercased)
    }
  }

  /// The controls and `"` `+` `,` `;` `<` `>`, a bit for each byte below 64.
  private static let escapedLow: UInt64 = 0x5800_1804_FFFF_FFFF

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 64
      ? escapedLow &>> UInt64(byte) & 1 != 0
      : byte == UInt8(ascii: "\\") || byte == 0x7F
  }
}
