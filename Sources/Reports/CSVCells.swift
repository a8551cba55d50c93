import Bytes

/// How cells of a CSV file are written: RFC 4180, guarded against spreadsheets unless told not to.
struct CSVCells: Sendable {
  private let isVerbatim: Bool
  private let isTerminal: Bool

  init(_ options: ReportOptions) {
    isVerbatim = options.isCSVVerbatim
    isTerminal = options.isTerminal
  }

  /// Appends one cell, without a separator.
  func append(_ cell: Span<UInt8>, to out: inout OutputBuffer) {
    guard isTerminal else { return appendRaw(cell, to: &out) }
    var shown = OutputBuffer()
    shown.append(visible: cell)
    appendRaw(shown.bytes.span, to: &out)
  }

  /// Appends a comma and one cell.
  func next(_ cell: Span<UInt8>, to out: inout OutputBuffer) {
    out.append(UInt8(ascii: ","))
    append(cell, to: &out)
  }

  /// Appends a comma and one cell; an empty one for nil.
  func next(_ cell: String?, to out: inout OutputBuffer) {
    out.append(UInt8(ascii: ","))
    if let cell { append(cell.utf8Span.span, to: &out) }
  }

  /// Appends a comma and a cell with a sentence, which nobody reads back: what a terminal would obey
  /// is shown, not sent. An empty cell for nil.
  func next(sentence: String?, to out: inout OutputBuffer) {
    guard let sentence else { return out.append(UInt8(ascii: ",")) }
    if isPrintableASCII(sentence.utf8Span.span) { return next(sentence, to: &out) }
    var shown = OutputBuffer()
    shown.append(visible: sentence)
    out.append(UInt8(ascii: ","))
    appendRaw(shown.bytes.span, to: &out)
  }

  /// Appends one cell with a DN, without a separator.
  func append(dn: [UInt8], to out: inout OutputBuffer) {
    if isPrintableASCII(dn.span) { return append(dn.span, to: &out) }
    var cell = OutputBuffer()
    cell.append(cellDN: dn.span)
    append(cell.bytes.span, to: &out)
  }

  /// Appends a comma and one cell of several lines; line breaks are kept on a terminal, too.
  func next(lines: [OutputBuffer], to out: inout OutputBuffer) {
    out.append(UInt8(ascii: ","))
    guard !lines.isEmpty else { return }
    var cell = OutputBuffer()
    for (index, line) in lines.enumerated() {
      if index > 0 { cell.append(UInt8(ascii: "\n")) }
      if isTerminal { cell.append(visible: line.bytes.span) } else { cell.append(line) }
    }
    appendRaw(cell.bytes.span, to: &out)
  }

  /// Appends a comma and a number; an empty cell for nil.
  func next(_ number: Int?, to out: inout OutputBuffer) {
    out.append(UInt8(ascii: ","))
    if let number { out.append(decimal: number) }
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
  mutating func append(cellDN dn: Span<UInt8>) {
    var isEscaped = false
    var index = 0
    while index < dn.count {
      let byte = dn[index]
      let (scalar, length) = ScalarScan.next(dn, at: index)
      if let scalar, !scalar.actsOnTerminal {
        append(dn.extracting(index..<index + length))
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      } else {
        for offset in 0..<length {
          // A backslash that is already there would make the new one stand for itself.
          if !isEscaped { append(UInt8(ascii: "\\")) }
          append(upperHex: dn[index + offset])
          isEscaped = false
        }
      }
      index += length
    }
  }

  private mutating func append(upperHex byte: UInt8) {
    for digit in [byte >> 4, byte & 0xF] {
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
    }
  }
}
