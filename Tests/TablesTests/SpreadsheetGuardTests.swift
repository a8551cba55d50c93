import Testing

@testable import Tables

@Suite struct SpreadsheetGuardTests {
  @Test(arguments: [
    "=1", "+1", "-1", "@x", "\t=1", "\r", "\n", "＝1", "＋1", "－1", "＠x", "'=1", "''=", "\"=1", " =1",
    "' \"=1", "\u{FEFF}=1", "\u{A0}=1", "\u{3000}=1", "\u{200B}=1", "\u{202E}=1", "\0=1",
    "\u{E0041}=1", "\u{2028}+1", "\u{1B}-1", "\u{3164}@x", "'\u{200B} \u{FEFF}\u{200B}＝1",
    "\u{0B}=",
  ])
  func formulasAreGuarded(_ cell: String) {
    let isGuarded = SpreadsheetGuard.guards(cell.utf8Span.span)
    #expect(isGuarded)
    let guarded = [SpreadsheetGuard.mark] + Array(cell.utf8)
    #expect(SpreadsheetGuard.unguarded(guarded) == Array(cell.utf8))
  }

  @Test(arguments: [
    "", "a", "a=1", "'s", "''", "1-2", " ", "\"quoted\"", "ｘ", "\u{EF}", "．", "５+", "\u{200B}",
    "\u{FEFF}a=1", "ä=1",
  ])
  func otherCellsAreNot(_ cell: String) {
    let isGuarded = SpreadsheetGuard.guards(cell.utf8Span.span)
    #expect(!isGuarded)
    #expect(SpreadsheetGuard.unguarded(Array(cell.utf8)) == Array(cell.utf8))
  }

  @Test func endOfACellIsNotOverrun() {
    for cell in [[0xEF], [0xEF, 0xBC], [0x27, 0xEF, 0xBC]] as [[UInt8]] {
      let isGuarded = SpreadsheetGuard.guards(cell.span)
      #expect(!isGuarded)
    }
  }
}
