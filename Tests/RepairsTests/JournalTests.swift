import Bytes
import Foundation
import LDIF
import System
import Testing

@testable import Repairs

/// The journal as text and as a file.
@Suite struct JournalTests {
  static let hash = String(repeating: "0123456789abcdef", count: 4)
  static let head = "ldaplint-journal 1 \(hash) 3\n"

  private func journal(_ text: String) throws -> Journal? { try Journal(Array(text.utf8)) }

  @Test func theLastEventOfARecordCounts() throws {
    let read = try journal(
      Self.head + "refused 1 no: such\tluck\nbegin 1 \(Self.hash) QQ==\ndone 1\nalready 2\n"
        + "begin 3 \(Self.hash) \n")
    let found = try #require(read)
    #expect([1, 2, 3].map(found.state) == [.done, .already, .begun])
    #expect(found.entries[1]?.begun?.undo == [0x41])
    #expect(found.count(.done) == 1)
  }

  @Test func aCutLineCountsAsNotWritten() throws {
    let text = Self.head + "begin 1 \(Self.hash) QQ==\ndone 1\nalready 2\n"
    for length in 0...text.utf8.count {
      let part = String(decoding: text.utf8.prefix(length), as: UTF8.self)
      let found = try journal(part)
      #expect((found == nil) == !part.contains("\n"))
      let whole = part.lastIndex(of: "\n").map { part[...$0].utf8.count }
      #expect(found?.length == whole)
      let begun: Journal.State? = part.contains("==\n") ? .begun : nil
      #expect(found?.state(of: 1) == (part.contains("done 1\n") ? .done : begun))
    }
  }

  @Test(arguments: [
    "dn: CN=a\n", "hello", "ldaplint-journal 2 x", "ldaplint-journal 3 ",
    "ldaplint-journal 1 abc 3\n",
    head + "done\n", head + "done 0\n", head + "done 4\n", head + "done 01\n", head + "\n",
    head + "done 1 \n", head + "begun 1\n", head + "begin 1 QQ==\n",
    head + "begin 1 \(hash) ?\n", head + "done 99999999999999999999\n", head + "done 1\r\n",
    head + "\0\0\0\n", head + "refused 1\n",
    head + "done 1\n", head + "begin 1 \(hash) QQ==\ndone 2\n", head + "undone 1\n",
    head + "begin 1 \(hash) QQ==\nrefused 1 no\ndone 1\n",
  ])
  func whatIsNoJournal(text: String) {
    #expect(throws: JournalError.self) { try journal(text) }
  }

  @Test func reasonsStayInTheirLine() throws {
    let line = JournalLine.refused(2, "a\nb\r\u{2028}done 1")
    #expect(line.bytes.count { $0 == 0x0A } == 1)
    #expect(JournalLine(line.bytes.dropLast()[...]) == .refused(2, "a b done 1"))
  }

  @Test func thePatchIsKnownByItsRecordsAlone() throws {
    let records = try patch(PatchRunTests.text)
    var other = records
    other[0].comments = ["a word"]
    #expect(PatchIdentity(other) == PatchIdentity(records))
    other[0].dn += [0x20]
    #expect(PatchIdentity(other) != PatchIdentity(records))
    #expect(PatchIdentity(Array(records.reversed())) != PatchIdentity(records))
  }

  @Test func theFileIsPrivateLockedAndAppendedTo() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "journal-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try AppendOnlyFile.contents(of: path) == nil)
    do {
      let file = try AppendOnlyFile(path)
      try file.append(Array("one\ntw".utf8))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      #expect(throws: SystemError.self) { try AppendOnlyFile(path) }
    }
    let file = try AppendOnlyFile(path)
    #expect(file.contents == Array("one\ntw".utf8))
    try file.truncate(to: 4)
    try file.append(Array("three\n".utf8))
    #expect(try AppendOnlyFile.contents(of: path) == Array("one\nthree\n".utf8))
  }
}
