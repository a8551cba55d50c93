import Bytes

/// How cells of a CSV file are written: RFC 4180, guarded against spreadsheets unless told not to.
public struct CSVCells: Sendable {
  private let isVerbatim: Bool
  private let isTerminal: Bool
  /// What stands between two cells.
  let separator: UInt8
  /// Whether the file begins with a byte order mark, without which Excel takes UTF-8 for the code page
  /// of Windows.
  let isMarked: Bool

  /// Cells that are not guarded when they are `isVerbatim`; of those that go to a terminal, what it would
  /// obey is shown, and there is no byte order mark.
  public init(
    isVerbatim: Bool = false, isTerminal: Bool = false, separator: UInt8 = UInt8(ascii: ","),
    isMarked: Bool = false
  ) {
    self.isVerbatim = isVerbatim
    self.isTerminal = isTerminal
    self.separator = separator
    self.isMarked = isMarked && !isTerminal
  }

  /// The text of a value, which for one that is not UTF-8 is no value any more: `M\xfcller`.
  public static func text(of value: [UInt8]) -> [UInt8] {
    ScalarScan.isUTF8(value.span) ? value : Array(HostileText.shown(value).utf8)
  }

  /// Appends one cell.
  public func append(_ cell: Span<UInt8>, to out: inout OutputBuffer) {
    guard isTerminal else { return appendRaw(cell, to: &out) }
    var shown = OutputBuffer()
    shown.append(visible: cell)
    appendRaw(shown.bytes.span, to: &out)
  }

  /// Appends a cell with a sentence, which is not read back: what a terminal would obey is shown, not
  /// sent.
  public func append(sentence: String, to out: inout OutputBuffer) {
    let span = sentence.utf8Span.span
    if Self.isAllShown(span) { return appendRaw(span, to: &out) }
    var shown = OutputBuffer()
    shown.append(visible: sentence)
    appendRaw(shown.bytes.span, to: &out)
  }

  /// Whether nothing in `text` has to be spelled out.
  private static func isAllShown(_ text: Span<UInt8>) -> Bool {
    if text.isPrintableASCII { return true }
    var index = 0
    while index < text.count {
      if HostileText.isPlain(text[index]) {
        index &+= 1
        continue
      }
      let (scalar, length) = ScalarScan.next(text, at: index)
      guard let scalar, HostileText.isShown(scalar) else { return false }
      index &+= length
    }
    return true
  }

  /// Appends a cell with a DN.
  public func append(dn: [UInt8], to out: inout OutputBuffer) {
    if Self.isAllShown(dn.span) { return append(dn.span, to: &out) }
    var cell = OutputBuffer()
    cell.append(cellDN: dn.span)
    append(cell.bytes.span, to: &out)
  }

  /// Appends the names of columns, a byte order mark in front where there is to be one, and the line end.
  public func append(header names: [StaticString], to out: inout OutputBuffer) {
    if isMarked { out.append("\u{FEFF}") }
    for index in names.indices {
      if index > 0 { out.append(separator) }
      out.append(names[index])
    }
    out.append("\r\n")
  }

  // MARK: Cells behind others

  /// Appends the separator and a cell with a text; an empty one for nil.
  public func next(_ text: String?, to out: inout OutputBuffer) {
    out.append(separator)
    if let text { append(text.utf8Span.span, to: &out) }
  }

  /// Appends the separator and a cell with a value; an empty one for nil and for what is not UTF-8.
  public func next(value: [UInt8]?, to out: inout OutputBuffer) {
    out.append(separator)
    if let value, value.withByteView(\.isUTF8) { append(value.span, to: &out) }
  }

  /// Appends the separator and, in Base64, a value that is not UTF-8.
  public func next(base64Of value: [UInt8]?, to out: inout OutputBuffer) {
    out.append(separator)
    if let value, !value.withByteView(\.isUTF8) { out.append(base64: value.span) }
  }

  /// Appends the separator and a cell with a sentence; see `append(sentence:to:)`.
  public func next(sentence: String?, to out: inout OutputBuffer) {
    out.append(separator)
    if let sentence { append(sentence: sentence, to: &out) }
  }

  /// Appends the separator and a cell with a number.
  public func next(number: Int?, to out: inout OutputBuffer) {
    out.append(separator)
    if let number { out.append(decimal: number) }
  }

  /// Appends the separator and a cell with a DN; see `append(dn:to:)`.
  public func next(dn: [UInt8], to out: inout OutputBuffer) {
    out.append(separator)
    append(dn: dn, to: &out)
  }

  /// Appends the separator and a cell of several lines, ended by LF but for the last; the line breaks are
  /// kept on a terminal, too.
  public func next(lines: OutputBuffer, to out: inout OutputBuffer) {
    out.append(separator)
    guard isTerminal else { return lines.withByteView { $0.withSpan { appendRaw($0, to: &out) } } }
    var shown = OutputBuffer()
    for (index, line) in lines.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      if index > 0 { shown.append(UInt8(ascii: "\n")) }
      shown.append(visible: Array(line).span)
    }
    appendRaw(shown.bytes.span, to: &out)
  }

  private func appendRaw(_ cell: Span<UInt8>, to out: inout OutputBuffer) {
    let isGuarded = !isVerbatim && SpreadsheetGuard.guards(cell)
    let isQuoted = isGuarded || wantsQuotes(cell)
    if isQuoted { out.append(UInt8(ascii: "\"")) }
    if isGuarded { out.append(SpreadsheetGuard.mark) }
    var start = 0
    if isQuoted {
      for index in cell.indices where cell[index] == UInt8(ascii: "\"") {
        out.append(cell.extracting(start...index))
        start = index
      }
    }
    out.append(cell.extracting(start..<cell.count))
    if isQuoted { out.append(UInt8(ascii: "\"")) }
  }

  private func wantsQuotes(_ cell: Span<UInt8>) -> Bool {
    // Some readers drop the spaces at the edges of bare cells.
    let space = UInt8(ascii: " ")
    if cell.count > 0, cell[0] == space || cell[cell.count - 1] == space { return true }
    return cell.withByteView { $0.hasCellSeparator }
  }
}

extension OutputBuffer {
  /// Appends a DN for a cell. Control characters and bytes that are not UTF-8 are written as RFC 4514
  /// allows for any byte, `\0A`: it is the same DN, and a cell of text.
  public mutating func append(cellDN dn: Span<UInt8>) {
    // What is shown as it is goes out in one piece.
    var start = 0
    var index = 0
    while index < dn.count {
      if HostileText.isPlain(dn[index]) {
        index += 1
        continue
      }
      let (scalar, length) = ScalarScan.next(dn, at: index)
      if let scalar, HostileText.isShown(scalar) {
        index += length
        continue
      }
      append(dn.extracting(start..<index))
      var isEscaped = Self.endsInEscape(dn.extracting(start..<index))
      for offset in 0..<length {
        // A backslash that is already there would make the new one stand for itself.
        if !isEscaped { append(UInt8(ascii: "\\")) }
        append(upperHex: dn[index + offset])
        isEscaped = false
      }
      index += length
      start = index
    }
    append(dn.extracting(start..<index))
  }

  /// Whether the last backslash at the end of `text` escapes what follows: whether they are odd in number.
  private static func endsInEscape(_ text: Span<UInt8>) -> Bool {
    var count = 0
    while count < text.count, text[text.count - 1 - count] == UInt8(ascii: "\\") { count += 1 }
    return count % 2 == 1
  }

  private mutating func append(upperHex byte: UInt8) {
    for digit in [byte >> 4, byte & 0xF] {
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
    }
  }
}

extension Span where Element == UInt8 {
  /// Whether every byte is a printable ASCII character, a blank included.
  public var isPrintableASCII: Bool { withByteView { $0.isPrintableASCII } }
}
