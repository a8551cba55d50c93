import Bytes

/// Keeps cells of a CSV file from being run as formulas by the spreadsheet that opens it.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front. So does a cell
/// that looks like one so guarded, so that taking one apostrophe off gives every cell back as it
/// was. The characters are those of OWASP's page "CSV Injection": `=`, `+`, `-`, `@`, their
/// full-width forms, tab, carriage return and line feed.
public enum SpreadsheetGuard {
  /// The apostrophe.
  public static let mark = UInt8(ascii: "'")

  /// Whether `cell` gets an apostrophe in front, and loses one when it is read back.
  ///
  /// True for what begins as a formula does, after any number of apostrophes, quotation marks, spaces
  /// and characters that cannot be seen: some programs drop those first.
  @inline(__always)
  public static func guards(_ cell: Span<UInt8>) -> Bool {
    // As nearly always.
    if cell.isEmpty || cell[0].isASCIILetter || cell[0].isASCIIDigit { return false }
    return guardsUnusual(cell)
  }

  private static func guardsUnusual(_ cell: Span<UInt8>) -> Bool {
    var index = 0
    while index < cell.count {
      switch cell[index] {
      case mark, UInt8(ascii: "\""), UInt8(ascii: " "): index += 1
      case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): return true
      case 0x09, 0x0A, 0x0D: return true
      case 0xEF where isFullWidth(cell, at: index): return true
      default:
        let (scalar, length) = ScalarScan.next(cell, at: index)
        guard let scalar, !HostileText.isShown(scalar) else { return false }
        index += length
      }
    }
    return false
  }

  /// The cell as it was before it was guarded.
  public static func unguarded(_ cell: [UInt8]) -> [UInt8] {
    guard cell.first == mark, guards(cell.span) else { return cell }
    return Array(cell.dropFirst())
  }

  /// U+FF1D, U+FF0B, U+FF0D and U+FF20, in UTF-8.
  private static func isFullWidth(_ cell: Span<UInt8>, at index: Int) -> Bool {
    guard index + 2 < cell.count, cell[index + 1] == 0xBC else { return false }
    return switch cell[index + 2] {
    case 0x9D, 0x8B, 0x8D, 0xA0: true
    default: false
    }
  }
}
