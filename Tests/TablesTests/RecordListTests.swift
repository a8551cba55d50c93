import Bytes
import TestKit
import Testing

@testable import Tables

@Suite struct RecordListTests {
  private static let columns = ["id", "name"]

  /// The records as texts, "LINE name=value name=value".
  private func read(_ text: String) throws(RecordList.Malformed) -> [String]? {
    try RecordList(TextFile.utf8(text.bytes), columns: Self.columns)?.records.map { record in
      let fields = record.fields.map { "\($0.name)=\($0.text)" }
      return (["\(record.line)"] + fields).joined(separator: " ")
    }
  }

  @Test(arguments: [
    (
      #"[{"Id":"a","Is-Ok":true,"n":1,"no":null,"in":{"id":"x"},"l":["y"]}]"#,
      ["1 id=a isok=true n=1 no="]
    ),
    (
      "{\"@odata.context\":\"c\",\n\"value\":[\n{\"id\":\"a\"},\n{\"id\":\"b\"}]}",
      ["3 id=a", "4 id=b"]
    ),
    ("{\"id\":\"a\"}\n{\"id\":\"b\"}\n", ["1 id=a", "2 id=b"]),
    ("[\"a\",\n\"b\"]", ["1 =a", "2 =b"]),
    ("{\"id\":\"a\"}", ["1 id=a"]), ("[]", []), ("{\"value\":[],\"Count\":0}", []),
  ])
  func jsonIsRead(_ text: String, _ expected: [String]) throws {
    #expect(try read(text) == expected)
  }

  @Test(arguments: [
    "\"Id\",\"Name\"\r\n\"a\",\"b\"\r\n", "Id;Name\na;b\n", "id\tName\r\na\tb", "Id|Name\na|b\n",
    "#TYPE System.Object\r\n\"Id\",\"Name\"\r\n\"a\",\"b\"\r\n", "sep=;\r\nId;Name\r\na;b\r\n",
    "\u{FEFF}\"Id\",\"Name\"\r\n\"a\",\"b\"\r\n\r\n",
  ])
  func csvIsRead(_ text: String) throws {
    let records = try #require(try RecordList(TextFile.utf8(text.bytes), columns: Self.columns))
      .records
    #expect(records.map { $0.fields.map(\.text) } == [["a", "b"]])
    #expect(records.first?.fields.map(\.name) == ["id", "name"])
  }

  @Test func aCellOfCSVMayHaveLines() throws {
    #expect(try read("Id,n\n\"a\nb\",1\nc,2\n") == ["2 id=a\nb n=1", "4 id=c n=2"])
    #expect(throws: RecordList.Malformed.self) { try read("Id,n\n\"a,1\nc,2\n") }
  }

  @Test func tablesAreRead() throws {
    let table = """

      Id           Number IsOk   Services
      --           ------ ----   --------
      contoso.com       7 True   {Email, Intune}
      fabrikam.com 123456 False  {}

      """
    #expect(
      try read(table) == [
        "4 id=contoso.com number=7 isok=True services={Email, Intune}",
        "5 id=fabrikam.com number=123456 isok=False services={}",
      ])
  }

  /// Where numbers are wider than their column's name they stand left of it.
  @Test func numbersStandAtTheRightEnd() throws {
    let table = "Id           N Ok\n--           - --\ncontoso.com 90 yes\na            7 no\n"
    #expect(try read(table) == ["3 id=contoso.com n=90 ok=yes", "4 id=a n=7 ok=no"])
  }

  @Test func columnsThatCannotBeToldApartAreSaid() {
    #expect(throws: RecordList.Malformed.self) {
      try read("Id  Name\n--  ----\ncontoso.com x\n")
    }
  }

  @Test func whatATableHasNoRoomForIsMarked() throws {
    let text = "Id      Name\n--      ----\ncont…   a\nfab...  b\n"
    let list = try #require(try RecordList(text.bytes, columns: Self.columns))
    #expect(list.records.map { $0.fields[0].isCut } == [true, true])
    #expect(list.records.map { $0.fields[1].isCut } == [false, false])
  }

  @Test func listsAreRead() throws {
    let list = """

      Id       : a
      Name     :
      Services : {Email,
                 Intune}

      Id       : b
      Name     : c:d
      Id       : e

      """
    #expect(
      try read(list) == ["2 id=a name= services={Email,Intune}", "7 id=b name=c:d", "9 id=e"])
  }

  @Test(arguments: [
    "", "\n\n", "# none\n", "contoso.com\n", "a,b\n", "CN=a,DC=b\nCN=c,DC=b\n", "dn: CN=a\n",
    "a: b\n", "a b\nc d\n", "\"a\"\n",
  ])
  func anotherTextIsNone(_ text: String) throws {
    #expect(try read(text) == nil)
  }

  @Test func aPageOfAnAnswerIsToldApart() throws {
    let text = #"{"@odata.nextLink":"https://x","value":[{"id":"a"}]}"#
    #expect(try #require(try RecordList(text.bytes, columns: Self.columns)).isPage)
  }

  @Test(arguments: [
    #"[{"id":"contoso.com","isVerified":true}]"#, "\"Id\",\"Name\"\r\n\"a\",\"b\"\r\n",
    "Id  Name\n--  ----\na   b\nc   d\n", "Id   : a\nName : b\n\nId   : c\n",
  ])
  func everyBeginningAndEveryChangedByteIsReadOrRefused(_ text: String) {
    let bytes = text.bytes
    for count in bytes.indices {
      _ = try? RecordList(Array(bytes[..<count]), columns: Self.columns)
    }
    for index in bytes.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = bytes
        changed[index] = byte
        let text = TextFile.utf8(changed)
        let lines = TextFile.lines(text)
        guard let list = try? RecordList(text, columns: Self.columns) else { continue }
        #expect(list.records.allSatisfy { (1...max(1, lines.count)).contains($0.line) })
      }
    }
  }
}
