import Bytes
import LDIF
import Testing

@testable import Repairs

/// Journals that are not as they were written.
@Suite struct JournalDamageTests {
  /// Two records, what they make of the directory, and the journal of that.
  private struct Scene {
    let records: [ChangeRecord]
    let first = PatchRunTests.directory().dump
    var wanted: [String: [String: Set<String>]]
    var objects: [String: MemoryDirectory.Values]
    let journal: [UInt8]

    init() throws {
      records = Array(try patch(PatchRunTests.text).prefix(2))
      let directory = PatchRunTests.directory()
      let log = MemoryLog()
      _ = try run(records, on: directory, log: log)
      wanted = directory.dump
      objects = directory.objects
      journal = log.bytes
    }

    /// Continues from `bytes` and takes back by them; every value is right in the end, or the journal
    /// is refused. Says whether it was.
    func isRefused(_ bytes: [UInt8], _ note: String) throws -> Bool {
      guard let journal = try? Journal(bytes) else { return true }
      let directory = MemoryDirectory(objects)
      let ran = try run(records, on: directory, log: MemoryLog(bytes))
      #expect(directory.dump == wanted && ran.totals.refused == 0, "\(note)")
      let undo = try journal.undoRecords()
      // What a journal does not say can only be what it says that it does not.
      guard undo.count + journal.unknown >= records.count else {
        Issue.record("\(note): a change was left out")
        return false
      }
      _ = try run(undo, on: directory, log: MemoryLog())
      for name in undo.map({ String(decoding: $0.dn, as: UTF8.self) }) {
        #expect(directory.dump[name] == first[name], "\(note)")
      }
      return false
    }

    /// Where each line ends.
    var ends: [Int] { journal.indices.filter { journal[$0] == 0x0A } }
  }

  @Test(arguments: 0..<8) func everyBitThatIsFlipped(bit: UInt8) throws {
    let scene = try Scene()
    for index in scene.journal.indices {
      var bytes = scene.journal
      bytes[index] ^= 1 << bit
      #expect(try scene.isRefused(bytes, "bit \(bit) of byte \(index)"))
    }
  }

  /// The run was killed after any line, and a bit of that line is another.
  @Test(arguments: 0..<8) func everyBitOfALastLine(bit: UInt8) throws {
    let scene = try Scene()
    for (start, end) in zip([-1] + scene.ends, scene.ends) {
      for index in (start + 1)...end {
        var bytes = Array(scene.journal[...end])
        bytes[index] ^= 1 << bit
        _ = try scene.isRefused(bytes, "bit \(bit) of byte \(index), cut at \(end)")
      }
    }
  }

  @Test func everyCut() throws {
    let scene = try Scene()
    for length in scene.journal.indices {
      let bytes = Array(scene.journal[..<length])
      // Before the end of its first line it says nothing.
      guard length > scene.ends[0] else {
        #expect(try Journal(bytes) == nil)
        continue
      }
      #expect(try !scene.isRefused(bytes, "cut at \(length)"))
    }
  }

  /// The record may have been done when the line is whole but for its end.
  @Test func aBeginWithoutItsEndCounts() throws {
    let scene = try Scene()
    let end = scene.ends[1]
    var journal = try #require(try Journal(Array(scene.journal[..<end])))
    #expect(journal.state(of: 1) == .begun && journal.length == end)
    let again = Array(scene.journal[..<end]) + journal.bytes(.done(1))
    #expect(again == Array(scene.journal[...scene.ends[2]]))
  }

  @Test func everyLineThatIsMissingOrMoved() throws {
    let scene = try Scene()
    let lines = scene.journal.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    for index in lines.indices.dropLast() {
      var list = Array(lines)
      let line = list.remove(at: index)
      let missing = Array(list.joined(separator: [0x0A])) + [0x0A]
      #expect(throws: JournalError.self) { try Journal(missing) }
      guard index > 0 else { continue }
      list.append(line)
      let moved = Array(list.joined(separator: [0x0A])) + [0x0A]
      do throws(JournalError) {
        _ = try Journal(moved)
        Issue.record("line \(index + 1) was moved")
      } catch {
        #expect(error.line == index + 1)
        #expect("\(error)".contains("line \(index + 1)") && "\(error)".contains("--journal"))
      }
    }
  }

  /// Journals of earlier versions have no checksums.
  @Test func oldJournalsAreReadAndContinued() throws {
    let scene = try Scene()
    let old = scene.journal.split(separator: 0x0A).map { line in
      String(decoding: line.dropLast(17), as: UTF8.self)
        .replacing("ldaplint-journal 2", with: "ldaplint-journal 1")
    }
    for count in 1...old.count {
      let bytes = Array((old.prefix(count).joined(separator: "\n") + "\n").utf8)
      #expect(try !scene.isRefused(bytes, "\(count) lines"))
      let log = MemoryLog(bytes)
      _ = try run(scene.records, on: MemoryDirectory(scene.objects), log: log)
      #expect(try #require(try Journal(log.bytes)).unknown == 0)
    }
  }

  @Test func aJournalOfOtherRecordsIsRefused() throws {
    let scene = try Scene()
    let journal = try #require(try Journal(scene.journal))
    try journal.check(scene.records)
    #expect(throws: JournalError(line: 2, fault: .otherRecord)) {
      try journal.check(Array(scene.records.reversed()))
    }
  }
}
