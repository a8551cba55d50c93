/// The cells of a CSV file (RFC 4180), record by record.
///
/// What spreadsheets save is accepted: `;` or tab as separator, lines that end with LF, and text between
/// a closing quotation mark and the separator.
public struct CSVRows {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var index = 0
  /// Where the last record begins.
  public private(set) var start = 0
  /// Whether a quotation mark was opened and not closed.
  public private(set) var isUnclosed = false

  /// The rows of `bytes`, separated by what the first line says (`sep=;`, for Excel) or has most of; nil
  /// when it has nothing that separates.
  public init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    if let said = Self.said(bytes) {
      separator = said
      index = bytes.firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      return
    }
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    let counts = candidates.map { candidate in line.count { $0 == candidate } }
    guard let most = counts.max(), most > 0, let place = counts.firstIndex(of: most) else {
      return nil
    }
    separator = candidates[place]
  }

  /// The rows of `bytes`, separated by `separator`.
  public init(_ bytes: [UInt8], separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
  }

  /// The separator that the first line names, which some programs have put in quotation marks and filled up
  /// with empty cells.
  private static func said(_ bytes: [UInt8]) -> UInt8? {
    let mark = UInt8(ascii: "\"")
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }.drop { $0 == mark }
    guard String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep="
    else { return nil }
    return line.dropFirst(4).first
  }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// The cells of the next record, or nil at the end.
  public mutating func next() -> [[UInt8]]? {
    guard byte != nil else { return nil }
    start = index
    var cells: [[UInt8]] = []
    while true {
      cells.append(byte == UInt8(ascii: "\"") ? quoted() : bare())
      guard let byte else { return cells }
      index += 1
      if byte == separator { continue }
      if byte == 0x0D, self.byte == 0x0A { index += 1 }
      return cells
    }
  }

  private mutating func bare() -> [UInt8] {
    let start = index
    while let byte, byte != separator, byte != 0x0A, byte != 0x0D { index += 1 }
    return Array(bytes[start..<index])
  }

  private mutating func quoted() -> [UInt8] {
    var cell: [UInt8] = []
    index += 1
    while let byte {
      index += 1
      if byte != UInt8(ascii: "\"") {
        cell.append(byte)
      } else if self.byte == UInt8(ascii: "\"") {
        cell.append(byte)
        index += 1
      } else {
        // What some programs leave between the mark and the separator counts as text.
        return cell + bare()
      }
    }
    isUnclosed = true
    return cell
  }
}
