import Bytes
import Testing

@testable import Tables

@Suite struct CSVRowsTests {
  private func rows(_ text: String) -> [[String]]? {
    guard var reader = CSVRows(Array(text.utf8)) else { return nil }
    var rows: [[String]] = []
    while let row = reader.next() { rows.append(row.map { String(decoding: $0, as: UTF8.self) }) }
    return reader.isUnclosed ? nil : rows
  }

  @Test(arguments: [
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a;b,c;d\nx", [["a", "b,c", "d"], ["x"]]),
    ("a\tb", [["a", "b"]]), ("a,\"b\nc\"\r\"\",\"d\"\"\"x", [["a", "b\nc"], ["", "d\"x"]]),
    (",", [["", ""]]), ("a,b\n\nc,d", [["a", "b"], [""], ["c", "d"]]),
  ])
  func cellsAreRead(_ text: String, _ expected: [[String]]) {
    #expect(rows(text) == expected)
  }

  @Test(arguments: ["", "a", "\na,b", "a,\"b"])
  func otherTextIsNoTable(_ text: String) {
    #expect(rows(text) == nil)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let table = CSVTable<[String]>(
      (0..<3).map { index in CSVTable<[String]>.Column("c") { $0[index] } }, CSVCells())
    let texts = ["", "a", "a,b", "\"", "=1", "'=1", " a ", "a\r\nb", "ü;", "@", "\t"]
    var out = OutputBuffer()
    table.header(to: &out)
    for text in texts { table.append([text, "x", text], to: &out) }
    var reader = try #require(CSVRows(out.bytes))
    #expect(reader.next()?.count == 3)
    for text in texts {
      let row = reader.next()?.map(SpreadsheetGuard.unguarded)
      #expect(row == [Array(text.utf8), Array("x".utf8), Array(text.utf8)])
    }
    #expect(reader.next() == nil && !reader.isUnclosed)
  }
}
