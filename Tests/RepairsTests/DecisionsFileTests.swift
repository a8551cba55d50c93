import TestKit
import Testing

@testable import Repairs

/// Decisions files as a spreadsheet may have saved them.
@Suite struct DecisionsFileTests {
  static let header = "finding,dn,attribute,value,fingerprint,ACTION,NEWVALUE"

  private static func file(_ text: String) throws -> DecisionsFile {
    try DecisionsFile(text.bytes)
  }

  @Test(arguments: [",", ";", "\t"], ["\r\n", "\n"])
  func separatorsAndLineEnds(separator: String, end: String) throws {
    let lines = [
      Self.header, "x,\"CN=a, b\",mail,\"say \"\"x\"\"\",f1,edit,new", ",,,,,,",
      "x,CN=c,sn,v,f2,REMOVE,", "x,CN=d,sn,v,f3, complete ,",
    ]
    let text = lines.map { line in
      // The comma inside quotation marks stays.
      line.replacing("\"CN=a, b\"", with: "§").replacing(",", with: separator)
        .replacing("§", with: "\"CN=a, b\"")
    }.joined(separator: end)
    for text in [text, text + end, "\u{FEFF}" + text] {
      let file = try Self.file(text)
      try #require(file.rows.count == 3)
      #expect(file.rows.map(\.number) == [2, 4, 5])
      #expect(file.rows.map(\.action) == [.edit, .remove, .complete])
      #expect(file.rows.map(\.fingerprints) == [["f1"], ["f2"], ["f3"]])
      #expect(file.rows[0].dn.text == "CN=a, b")
      #expect(file.rows[0].value.text == "say \"x\"")
      #expect(file.rows[0].newValue.text == "new")
      #expect(file.changes == 2)
      #expect(file.wrong.isEmpty)
    }
  }

  /// UTF-16 with tabs is what Excel calls "Unicode Text".
  @Test(arguments: [true, false], ["", "sep=;\r\n", "\"sep=;\"\r\n", "SEP=;\n"])
  func whatSpreadsheetsSave(isLittleEndian: Bool, first: String) throws {
    let text =
      first + "note;NEWVALUE;ACTION;value;attribute;dn;fingerprints;mine\r\n"
      + "x;né,w;EDIT;v;mail;\"CN=Jürgen, M\";f1 f2;y\r\n"
    let units = Array("\u{FEFF}\(text)".utf16)
    let wide = units.flatMap { unit in
      let bytes = [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
      return isLittleEndian ? bytes : bytes.reversed()
    }
    for bytes in [wide, text.bytes] {
      let file = try DecisionsFile(bytes)
      try #require(file.rows.count == 1)
      #expect(file.rows[0].number == 2)
      #expect(file.rows[0].fingerprints == ["f1", "f2"])
      #expect(file.rows[0].dn.text == "CN=Jürgen, M")
      #expect(file.rows[0].newValue.text == "né,w")
    }
  }

  @Test func aGuardIsTakenAway() throws {
    let file = try Self.file(Self.header + "\nx,CN=a,displayName,'=1+1,f,EDIT,'@home\n")
    try #require(file.rows.count == 1)
    #expect(file.rows[0].value.text == "=1+1")
    #expect(file.rows[0].newValue.text == "@home")
  }

  @Test(arguments: [
    ("EDTI", "new", "ACTION EDTI is none of"), ("EDIT", "WAHR", "makes of TRUE"),
    ("EDIT", "Prawda", "makes of TRUE"), ("EDIT", "\"1,23E+11\"", "a long number"),
    ("EDIT", "1.5E-3", "a long number"), ("EDIT", "03.04.2026", "like a date"),
    ("EDIT", "04. Mrz", "like a date"), ("ADD", "4-Apr", "like a date"),
    ("EDIT", "2026-04-03", "like a date"),
    ("EDIT", "#NAME?", "a formula that fails"), ("", "new", "there is a NEWVALUE but no ACTION"),
  ])
  func whatIsWrongWithARow(action: String, new: String, words: String) throws {
    let file = try Self.file("\(Self.header)\nx,CN=a,mail,v,f,\(action),\(new)\n")
    #expect(file.rows.isEmpty)
    try #require(file.wrong.count == 1)
    #expect(file.wrong[0].place == .row(2))
    #expect(file.wrong[0].dn.text == "CN=a")
    #expect(file.wrong[0].reason.contains(words))
  }

  /// What only looks a little like it is a value.
  @Test(arguments: [
    "TRUE", "Wahrmann", "3e5", "E+3", "12345", "192.168.1.2", "+49 30 123", "030-123", "Mai",
    "a.b-c",
    "Room 4", "2026", "#1", "1.2", "3-4", "555.123.4567",
  ])
  func whatNoSpreadsheetMakes(value: String) throws {
    let file = try Self.file("\(Self.header)\nx,CN=a,mail,v,f,EDIT,\(value)\n")
    #expect(file.wrong.isEmpty)
    #expect(file.rows.count == 1)
  }

  /// A row without an action that proposes nothing new is no decision.
  @Test func undecidedRowsAreNoRows() throws {
    let file = try Self.file("\(Self.header)\nx,CN=a,mail,v,f,,\n")
    #expect(file.rows.isEmpty && file.wrong.isEmpty)
  }

  @Test func idFixsMarksAreTakenAway() throws {
    let header = "DISTINGUISHEDNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,ACTION"
    let file = try Self.file(
      "\(header)\nCN=a,user,mail,Duplicate,v,[E]new,EDIT\nCN=b,user,mail,Character,v,n,\n")
    try #require(file.rows.count == 1)
    #expect(file.rows[0].fingerprints.isEmpty)
    #expect(file.rows[0].newValue.text == "new")
    // Its UPDATE without an ACTION is what IdFix proposes, and no decision.
    #expect(file.wrong.isEmpty)
  }

  @Test(arguments: [
    ("", "it is empty"), ("\u{FEFF}", "it is empty"), ("a\n", "no CSV header"),
    ("a,b\n", "no column DISTINGUISHEDNAME"), ("fingerprint,dn\n", "no column ATTRIBUTE"),
    (header + "\nx,\"CN=a\n", "a quotation mark is not closed"),
  ])
  func whatIsNoDecisionsFile(text: String, words: String) {
    do throws(DecisionsFile.Malformed) {
      _ = try DecisionsFile(text.bytes)
      Issue.record("it was read")
    } catch {
      #expect(error.description.contains(words), "\(error)")
    }
    #expect(throws: DecisionsFile.Malformed.self) { try DecisionsFile([0xFF, 0x2C, 0x0A]) }
  }
}
