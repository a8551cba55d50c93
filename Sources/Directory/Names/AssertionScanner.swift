import Bytes

/// Walks over the attribute value assertions of a DN's text (RFC 4514 §3), each byte once.
///
/// More is taken than RFC 4514 writes, because it was written for decades: spaces around
/// separators, `;` for `,`, values in quotation marks (RFC 1779), the prefix `OID.`, and `<`, `>`
/// and `"` inside a value without a backslash. The identifiers of an extended DN are passed over.
struct AssertionScanner {
  /// How a value is written.
  enum Form {
    case plain
    /// Has backslashes.
    case escaped
    /// Was in quotation marks, which are left out; may have backslashes.
    case quoted
    /// `#` and the BER encoding in hexadecimal; `value` is without the `#`.
    case hexadecimal
  }

  /// One `type=value`.
  struct Assertion {
    var start: Int
    var type: Range<Int>
    var value: Range<Int>
    var form: Form
    /// Whether another assertion of the same RDN follows.
    var isContinued: Bool
  }

  let bytes: ByteView
  private(set) var offset = 0
  private var isAfterSeparator = false

  init(_ bytes: ByteView) {
    self.bytes = bytes
    offset = bytes.count - DistinguishedName.plain(bytes).count
  }

  /// The next assertion, or nil at the end.
  mutating func next() throws(DistinguishedNameError) -> Assertion? {
    skipSpaces()
    guard offset < bytes.count else {
      if isAfterSeparator { throw error(.trailingSeparator) }
      return nil
    }
    let start = offset
    let type = try scanType()
    skipSpaces()
    let (value, form) = try scanValue()
    var isContinued = false
    isAfterSeparator = offset < bytes.count
    if offset < bytes.count {
      isContinued = bytes[offset] == UInt8(ascii: "+")
      offset += 1
    }
    return Assertion(
      start: start, type: type, value: value, form: form, isContinued: isContinued)
  }

  private mutating func scanType() throws(DistinguishedNameError) -> Range<Int> {
    while offset + 4 < bytes.count, bytes[offset..<offset + 4].equalsIgnoringASCIICase("oid.") {
      offset += 4
    }
    let start = offset
    while offset < bytes.count, isTypeByte(bytes[offset]) { offset += 1 }
    let type = start..<offset
    skipSpaces()
    guard offset < bytes.count else { throw error(.missingEquals) }
    guard bytes[offset] == UInt8(ascii: "=") else {
      throw error(isSeparator(bytes[offset]) ? .missingEquals : .badType)
    }
    guard !type.isEmpty else { throw error(.emptyType) }
    offset += 1
    return type
  }

  private mutating func scanValue() throws(DistinguishedNameError) -> (Range<Int>, Form) {
    guard offset < bytes.count else { return (offset..<offset, .plain) }
    switch bytes[offset] {
    case UInt8(ascii: "\""): return (try scanQuoted(), .quoted)
    case UInt8(ascii: "#"): return (try scanHexadecimal(), .hexadecimal)
    default: return try scanString()
    }
  }

  private mutating func scanString() throws(DistinguishedNameError) -> (Range<Int>, Form) {
    let start = offset
    var end = offset
    var form = Form.plain
    while offset < bytes.count {
      let byte = bytes[offset]
      if isSeparator(byte) { break }
      if byte == 0 { throw error(.rawNUL) }
      if byte == UInt8(ascii: "\\") {
        form = .escaped
        offset += try escapeLength()
        end = offset
        continue
      }
      offset += 1
      if byte != 0x20 { end = offset }
    }
    return (start..<end, form)
  }

  private mutating func scanQuoted() throws(DistinguishedNameError) -> Range<Int> {
    let opening = offset
    offset += 1
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      if bytes[offset] == 0 { throw error(.rawNUL) }
      offset += bytes[offset] == UInt8(ascii: "\\") ? try escapeLength() : 1
    }
    guard offset < bytes.count else {
      throw DistinguishedNameError(offset: opening, reason: .unclosedQuote)
    }
    let value = start..<offset
    offset += 1
    skipSpaces()
    guard offset == bytes.count || isSeparator(bytes[offset]) else { throw error(.afterQuote) }
    return value
  }

  private mutating func scanHexadecimal() throws(DistinguishedNameError) -> Range<Int> {
    offset += 1
    let start = offset
    while offset < bytes.count, bytes[offset].asciiHexadecimalValue != nil { offset += 1 }
    let value = start..<offset
    skipSpaces()
    guard !value.isEmpty, value.count % 2 == 0, offset == bytes.count || isSeparator(bytes[offset])
    else { throw error(.badHexadecimal) }
    return value
  }

  /// The length of the escape that begins at `offset`: 2 or 3.
  private func escapeLength() throws(DistinguishedNameError) -> Int {
    guard offset + 1 < bytes.count else { throw error(.badEscape) }
    let byte = bytes[offset + 1]
    if AssertionScanner.isSpecial(byte) { return 2 }
    guard byte.asciiHexadecimalValue != nil, offset + 2 < bytes.count,
      bytes[offset + 2].asciiHexadecimalValue != nil
    else { throw error(.badEscape) }
    return 3
  }

  private mutating func skipSpaces() {
    while offset < bytes.count, bytes[offset] == 0x20 { offset += 1 }
  }

  private func error(_ reason: DistinguishedNameError.Reason) -> DistinguishedNameError {
    DistinguishedNameError(offset: offset, reason: reason)
  }

  /// The byte that stands at `index` of a scanned value, escaped or not, and how much of the text
  /// it takes.
  @inline(__always)
  static func byte(_ raw: ByteView, at index: Int) -> (byte: UInt8, length: Int) {
    guard raw[index] == UInt8(ascii: "\\"), index + 1 < raw.count else { return (raw[index], 1) }
    if index + 2 < raw.count, let high = raw[index + 1].asciiHexadecimalValue,
      let low = raw[index + 2].asciiHexadecimalValue
    {
      return (high << 4 | low, 3)
    }
    return (raw[index + 1], 2)
  }

  /// RFC 4514 §3: what may follow a backslash as itself.
  static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "+"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: " "),
      UInt8(ascii: "#"), UInt8(ascii: "="):
      true
    default: false
    }
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ";")
  }

  private func isTypeByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }
}

extension AssertionScanner.Assertion {
  /// Appends the value without escapes; a BER string (X.690) in hexadecimal gives its contents.
  ///
  /// Returns false when the value is hexadecimal but no string, so that it has no text.
  @discardableResult
  func decode(_ bytes: ByteView, to sink: inout some ByteSink) -> Bool {
    let raw = bytes[value]
    if form == .hexadecimal { return decodeHexadecimal(raw, to: &sink) }
    var index = 0
    while index < raw.count {
      let (byte, length) = AssertionScanner.byte(raw, at: index)
      sink.append(byte)
      index += length
    }
    return true
  }

  private func decodeHexadecimal(_ digits: ByteView, to sink: inout some ByteSink) -> Bool {
    func byte(_ index: Int) -> UInt8 {
      let high = digits[index * 2].asciiHexadecimalValue ?? 0
      return high << 4 | (digits[index * 2 + 1].asciiHexadecimalValue ?? 0)
    }
    let count = digits.count / 2
    // OCTET STRING, UTF8String and the old string types of one byte a character, in short form.
    let stringTags: [UInt8] = [0x04, 0x0C, 0x12, 0x13, 0x16, 0x1A]
    let isString =
      count >= 2 && byte(1) < 0x80 && Int(byte(1)) == count - 2 && stringTags.contains(byte(0))
    for index in (isString ? 2 : 0)..<count { sink.append(byte(index)) }
    return isString
  }
}
