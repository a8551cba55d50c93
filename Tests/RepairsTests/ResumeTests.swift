import Bytes
import LDIF
import Testing

@testable import Repairs

/// Runs that are ended at any moment, continued, and taken back.
@Suite struct ResumeTests {
  /// What the directory held when the journal had each number of bytes, twice where an operation
  /// was under way: it had been done or it had not.
  private struct Moment {
    var length: Int
    var objects: [String: MemoryDirectory.Values]
    var done: Int
  }

  private func moments() throws -> (journal: [UInt8], moments: [Moment]) {
    let records = try patch(PatchRunTests.text)
    let log = MemoryLog()
    let directory = PatchRunTests.directory()
    _ = try run(records, on: directory, log: log)
    var states = [PatchRunTests.objects]
    let second = PatchRunTests.directory()
    for limit in 1...records.count {
      let log = MemoryLog()
      second.objects = PatchRunTests.objects
      _ = try run(records, on: second, log: log) { $0.limit = limit }
      states.append(second.objects)
    }
    var moments: [Moment] = []
    for length in 0...log.bytes.count {
      let part = String(decoding: log.bytes[..<length], as: UTF8.self)
      let whole = part.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      let begun = whole.count { $0.hasPrefix("begin ") }
      let done = whole.count { $0.hasPrefix("done ") }
      for count in Set([done, begun]) {
        moments.append(Moment(length: length, objects: states[count], done: count))
      }
    }
    return (log.bytes, moments)
  }

  @Test func everyCutOfTheJournalIsContinuedFrom() throws {
    let records = try patch(PatchRunTests.text)
    let (journal, moments) = try moments()
    #expect(moments.count > journal.count)
    for moment in moments {
      let directory = MemoryDirectory(moment.objects)
      let log = MemoryLog(Array(journal[..<moment.length]))
      let ran = try run(records, on: directory, log: log)
      // Nothing is repeated, nothing left out.
      #expect(directory.modified.count == records.count - moment.done, "cut at \(moment.length)")
      #expect(directory.dump == PatchRunTests.wanted, "cut at \(moment.length)")
      #expect(ran.totals.done + ran.totals.doneEarlier == records.count)
      #expect(try #require(try Journal(log.bytes)).count(.done) == records.count)
    }
  }

  @Test func everyCutOfTheJournalCanBeTakenBack() throws {
    let (journal, moments) = try moments()
    let first = PatchRunTests.directory().dump
    for moment in moments {
      let directory = MemoryDirectory(moment.objects)
      let undo = try Journal(Array(journal[..<moment.length]))?.undoRecords() ?? []
      let ran = try run(undo, on: directory, log: MemoryLog())
      #expect(ran.totals.refused == 0)
      #expect(directory.modified.count == moment.done)
      #expect(directory.dump == first, "cut at \(moment.length)")
    }
  }

  /// The connection is lost at each record in turn, before or after the server has done it.
  @Test(arguments: [false, true]) func aLostConnectionIsMadeAnew(isDone: Bool) throws {
    let records = try patch(PatchRunTests.text)
    for place in 1...records.count {
      let directory = PatchRunTests.directory()
      directory.breaksAt = place
      directory.breaksAfterDoing = isDone
      directory.reconnections = 1
      let log = MemoryLog()
      let ran = try run(records, on: directory, log: log)
      #expect(ran.stop == nil)
      #expect(ran.totals.done == records.count, "\(ran.totals)")
      #expect(directory.modified.count == records.count)
      #expect(directory.dump == PatchRunTests.wanted)
      #expect(try #require(try Journal(log.bytes)).count(.done) == records.count)
    }
  }

  @Test func whoStaysAwayEndsTheRun() throws {
    let directory = PatchRunTests.directory()
    directory.breaksAt = 2
    let ran = try run(patch(PatchRunTests.text), on: directory, log: MemoryLog())
    #expect(ran.stop == .lost("gone"))
    #expect(ran.totals.done == 1)
  }

  /// A limit counts what is sent, however often it takes.
  @Test func aLostConnectionCountsOnce() throws {
    let directory = PatchRunTests.directory()
    directory.breaksAt = 2
    directory.reconnections = 1
    let ran = try run(patch(PatchRunTests.text), on: directory, log: MemoryLog()) { $0.limit = 2 }
    #expect(ran.totals.done == 2)
  }

  @Test func whatWasTakenBackIsDoneAgain() throws {
    let records = try patch(PatchRunTests.text)
    let directory = PatchRunTests.directory()
    let log = MemoryLog()
    _ = try run(records, on: directory, log: log)
    var marking = try #require(try Journal(log.bytes))
    let undos = try marking.undos()
    _ = try run(undos.prefix(2).map(\.record), on: directory, log: MemoryLog())
    for undo in undos.prefix(2) { try log.append(marking.undone(undo.number)) }
    let journal = try #require(try Journal(log.bytes))
    #expect(journal.count(.undone) == 2 && journal.count(.done) == records.count - 2)
    // An undo that is continued finds the same changes.
    #expect(try journal.undos().map(\.number) == undos.map(\.number))
    let again = try run(records, on: directory, log: log)
    #expect(again.totals.done == 2 && again.totals.doneEarlier == records.count - 2)
    #expect(directory.dump == PatchRunTests.wanted)
  }

  /// A run that was ended between asking and hearing knows the record as begun; an undo that is continued
  /// does not forget that, and can itself be taken back.
  @Test func whatWasBegunIsNotForgotten() throws {
    let records = try patch(PatchRunTests.text)
    let directory = PatchRunTests.directory()
    let log = MemoryLog()
    directory.breaksAt = 1
    directory.breaksAfterDoing = true
    _ = try run(records, on: directory, log: log)
    var journal = try #require(try Journal(log.bytes))
    journal.forget { _ in true }
    #expect(journal.state(of: 1) == .begun)
    let bytes = log.bytes + journal.bytes(.done(1))
    var done = try #require(try Journal(bytes))
    #expect(done.state(of: 1) == .done)
    done.forget { $0 == 2 }
    #expect(done.state(of: 1) == .done)
    done.forget { $0 == 1 }
    #expect(done.state(of: 1) == .begun)
    #expect(try Journal(bytes + done.bytes(.done(1))) != nil)
  }

  @Test func theUndoGoesBackwards() throws {
    let directory = PatchRunTests.directory()
    let log = MemoryLog()
    _ = try run(patch(PatchRunTests.text), on: directory, log: log)
    let undo = try #require(try Journal(log.bytes)).undoRecords()
    #expect(
      undo.map { String(decoding: $0.dn, as: UTF8.self) }
        == ["d", "c", "b", "a"].map { "CN=\($0),DC=corp,DC=com" })
    // What somebody has changed since is left alone.
    directory.objects["CN=c,DC=corp,DC=com"]?["proxyAddresses"] = ["SMTP:new@x"]
    let undoLog = MemoryLog()
    let ran = try run(undo, on: directory, log: undoLog)
    #expect(ran.totals.done == 3)
    #expect(ran.totals.refused == 1)
    // And the undo has an undo.
    let redo = try #require(try Journal(undoLog.bytes)).undoRecords()
    _ = try run(redo, on: directory, log: MemoryLog())
    var expected = PatchRunTests.wanted
    expected["CN=c,DC=corp,DC=com"] = ["proxyAddresses": ["SMTP:new@x"]]
    #expect(directory.dump == expected)
  }

  /// The connection breaks in the middle of each operation, before and after the server did it.
  @Test(arguments: 1...4, [false, true])
  func lostConnections(number: Int, afterDoing: Bool) throws {
    let records = try patch(PatchRunTests.text)
    let directory = PatchRunTests.directory()
    directory.breaksAt = number
    directory.breaksAfterDoing = afterDoing
    let log = MemoryLog()
    #expect(try run(records, on: directory, log: log).stop == .lost("gone"))
    #expect(try #require(try Journal(log.bytes)).state(of: number) == .begun)
    #expect(try run(records, on: directory, log: log).stop == nil)
    #expect(directory.dump == PatchRunTests.wanted)
    #expect(directory.modified.count == 4)
  }

  /// A record that may have been done stays open while the directory cannot tell.
  @Test func theUndecidedStaysUndecided() throws {
    let records = try patch(PatchRunTests.text)
    let directory = PatchRunTests.directory()
    directory.breaksAt = 1
    directory.breaksAfterDoing = true
    let log = MemoryLog()
    _ = try run(records, on: directory, log: log)
    let object = directory.objects.removeValue(forKey: "CN=a,DC=corp,DC=com")
    #expect(try run(records, on: directory, log: log).totals.refused == 1)
    directory.objects["CN=a,DC=corp,DC=com"] = object
    let undo = try #require(try Journal(log.bytes)).undoRecords()
    #expect(undo.count == 4)
    _ = try run(undo, on: directory, log: MemoryLog())
    #expect(directory.dump == PatchRunTests.directory().dump)
  }
}
