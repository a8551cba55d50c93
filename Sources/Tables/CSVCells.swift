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
    if span.isPrintableASCII { return append(span, to: &out) }
    var shown = OutputBuffer()
    shown.append(visible: sentence)
    appendRaw(shown.bytes.span, to: &out)
  }

  /// Appends a cell with a DN.
  public func append(dn: [UInt8], to out: inout OutputBuffer) {
    if dn.span.isPrintableASCII { return append(dn.span, to: &out) }
    var cell = OutputBuffer()
    cell.append(cellDN: dn.span)
    append(cell.bytes.span, to: &out)
  }

  /// Appends a cell of several lines; line breaks are kept on a terminal, too.
  public func append(lines: [OutputBuffer], to out: inout OutputBuffer) {
    guard !lines.isEmpty else { return }
    var cell = OutputBuffer()
    for (index, line) in lines.enumerated() {
      if index > 0 { cell.append(UInt8(ascii: "\n")) }
      if isTerminal { cell.append(visible: line.bytes.span) } else { cell.append(line) }
    }
    appendRaw(cell.bytes.span, to: &out)
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
    var isEscaped = false
    var index = 0
    while index < dn.count {
      let byte = dn[index]
      let (scalar, length) = ScalarScan.next(dn, at: index)
      if let scalar, HostileText.isShown(scalar) {
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

extension Span where Element == UInt8 {
  /// Whether every byte is a printable ASCII character, a blank included.
  public var isPrintableASCII: Bool { withByteView { $0.isPrintableASCII } }
}
