import Bytes
import LDIF

/// What has been done of a patch, as its journal tells it.
///
/// A journal is lines of text that are only ever appended. The first names the patch, each of the
/// others an event of one of its records, which are numbered from 1:
///
///     ldaplint-journal 1 PATCH-HASH RECORDS
///     begin NUMBER RECORD-HASH UNDO
///     done NUMBER
///     already NUMBER
///     refused NUMBER REASON
///     undone NUMBER
///
/// `begin` stands on the disk before the directory is asked, with the change that takes the record
/// back as LDIF in Base64; the next three stand there before the next record's turn. An
/// undo writes the last, so that a run which is continued afterwards does the record again. A last line
/// without its end was cut off by whatever ended the program and counts as not written.
public struct Journal: Sendable, Equatable {
  /// How far a record has come.
  public enum State: Sendable, Equatable {
    /// It was about to be sent; whether it was, only the directory knows.
    case begun
    /// It was sent and done.
    case done
    /// The object was as the record wants it before anything was sent.
    case already
    /// It was not done.
    case refused
    /// It was done and taken back.
    case undone
  }

  /// What is known of a record.
  struct Entry: Sendable, Equatable {
    var state: State
    /// The record's hash and the LDIF that takes it back; nil when it was never begun.
    var begun: Begun?

    struct Begun: Sendable, Equatable {
      var hash: String
      var undo: [UInt8]
      /// The place among all that was begun, oldest first.
      var order: Int
    }
  }

  /// The patch.
  public let patch: PatchIdentity
  /// The bytes up to the end of the last whole line.
  public private(set) var length: Int
  private(set) var entries: [Int: Entry] = [:]

  /// Nothing of `patch` has been done; the journal has not even its first line.
  init(of patch: PatchIdentity) {
    self.patch = patch
    length = 0
  }

  /// Reads a journal; nil when not even its first line is whole. Throws when it is something else.
  public init?(_ bytes: [UInt8]) throws(JournalError) {
    guard let end = bytes.lastIndex(of: 0x0A) else {
      guard JournalLine.isBeginningOfHead(bytes) else { throw JournalError(line: 1) }
      return nil
    }
    length = end + 1
    var number = 0
    var head: PatchIdentity?
    var entries: [Int: Entry] = [:]
    var begun = 0
    for text in bytes[..<end].split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard let patch = head else {
        guard let found = JournalLine.head(text) else { throw JournalError(line: 1) }
        head = found
        continue
      }
      guard let line = JournalLine(text), (1...max(1, patch.records)).contains(line.number) else {
        throw JournalError(line: number)
      }
      entries[line.number] = Self.entry(entries[line.number], line, &begun)
    }
    guard let head else { throw JournalError(line: 1) }
    patch = head
    self.entries = entries
  }

  private static func entry(_ before: Entry?, _ line: JournalLine, _ begun: inout Int) -> Entry {
    switch line {
    case .begin(_, let hash, let undo):
      begun += 1
      return Entry(state: .begun, begun: Entry.Begun(hash: hash, undo: undo, order: begun))
    case .done: return Entry(state: .done, begun: before?.begun)
    case .already: return Entry(state: .already, begun: before?.begun)
    case .refused: return Entry(state: .refused, begun: before?.begun)
    case .undone: return Entry(state: .undone, begun: before?.begun)
    }
  }

  /// How far record `number` has come; nil when its turn has not been.
  public func state(of number: Int) -> State? { entries[number]?.state }

  /// How many records are in `state`.
  public func count(_ state: State) -> Int { entries.values.count { $0.state == state } }

  /// A change that takes a record back.
  public struct Undo: Sendable {
    /// The record's number.
    public var number: Int
    /// The change.
    public var record: ChangeRecord
  }

  /// The changes that take back what was done, newest first. What was begun and perhaps done is
  /// among them, and what has been taken back already: the object tells whether there is something
  /// to do, and an undo that is continued finds the same changes.
  public func undos() throws(JournalError) -> [Undo] {
    let begun = entries.compactMap { number, entry in
      entry.state == .begun || entry.state == .done || entry.state == .undone
        ? entry.begun.map { (number, $0) } : nil
    }.sorted { $0.1.order > $1.1.order }
    var undos: [Undo] = []
    for (number, entry) in begun {
      let list = entry.undo.withByteView { ChangeRecordReader.read($0) }
      guard list.errors.isEmpty, list.records.count == 1 else { throw JournalError(line: nil) }
      undos.append(Undo(number: number, record: list.records[0]))
    }
    return undos
  }

  /// The records of `undos`.
  public func undoRecords() throws(JournalError) -> [ChangeRecord] { try undos().map(\.record) }

  /// The line that says that record `number` was taken back.
  public static func undone(_ number: Int) -> [UInt8] { JournalLine.undone(number).bytes }

  /// Forgets what it says of records for which `isDoubtful` is true.
  public mutating func forget(_ isDoubtful: (Int) -> Bool) {
    entries = entries.filter { !isDoubtful($0.key) }
  }
}
