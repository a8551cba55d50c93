import Bytes
import LDIF

/// What has been done of a patch, as its journal tells it.
///
/// A journal is lines of text that are only ever appended. The first names the patch, each of the
/// others an event of one of its records, which are numbered from 1:
///
///     ldaplint-journal 2 PATCH-HASH RECORDS CHECKSUM
///     begin NUMBER RECORD-HASH UNDO CHECKSUM
///     done NUMBER CHECKSUM
///     already NUMBER CHECKSUM
///     refused NUMBER REASON CHECKSUM
///     undone NUMBER CHECKSUM
///
/// `begin` stands on the disk before the directory is asked, with the change that takes the record
/// back as LDIF in Base64; the next three stand there before the next record's turn. An
/// undo writes the last, so that a run which is continued afterwards does the record again. A last line
/// without its end was cut off by whatever ended the program and counts as not written, but for a
/// `begin` that is whole: the record may have been done. Version 1 has no checksums.
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
      /// The number of the line, from 1: what was begun earlier has the smaller one.
      var line: Int
    }
  }

  /// The patch.
  public let patch: PatchIdentity
  /// The bytes up to the end of the last whole line.
  public private(set) var length: Int
  private(set) var entries: [Int: Entry] = [:]
  private var seal: JournalSeal

  /// What every journal begins with.
  public static let beginning = JournalLine.beginning

  /// Nothing of `patch` has been done; the journal has not even its first line.
  init(of patch: PatchIdentity) {
    self.patch = patch
    length = 0
    seal = JournalSeal(isUsed: true)
  }

  /// Reads a journal; nil when not even its first line is whole. Throws when it is something else, or
  /// is not as it was written.
  public init?(_ bytes: [UInt8]) throws(JournalError) {
    let none = JournalError(line: 1, fault: .noJournal)
    guard let headEnd = bytes.firstIndex(of: 0x0A), let end = bytes.lastIndex(of: 0x0A) else {
      guard JournalLine.isBeginningOfHead(bytes) else { throw none }
      return nil
    }
    guard let (patch, seal) = JournalLine.head(bytes[..<headEnd]) else {
      throw bytes.starts(with: JournalLine.beginning)
        ? JournalError(line: 1, fault: .damaged) : none
    }
    self.patch = patch
    self.seal = seal
    length = end + 1
    var number = 1
    if headEnd < end {
      for text in bytes[(headEnd + 1)..<end].split(
        separator: 0x0A, omittingEmptySubsequences: false)
      {
        number += 1
        try read(text, number)
      }
    }
    try readCut(bytes[length...], number + 1)
  }

  /// Takes over a line.
  private mutating func read(_ text: ArraySlice<UInt8>, _ number: Int) throws(JournalError) {
    guard let opened = seal.opened(text), let line = JournalLine(opened),
      (1...max(1, patch.records)).contains(line.number)
    else { throw JournalError(line: number, fault: .damaged) }
    let before = entries[line.number]
    let state: State
    switch line {
    case .begin(_, let hash, let undo):
      let begun = Entry.Begun(hash: hash, undo: undo, line: number)
      entries[line.number] = Entry(state: .begun, begun: begun)
      return
    case .done:
      // An undo that is continued finds done what was done.
      guard let before, before.state == .begun || before.state == .done else {
        throw JournalError(line: number, fault: .notBegun)
      }
      state = .done
    case .undone:
      guard before?.begun != nil else { throw JournalError(line: number, fault: .notBegun) }
      state = .undone
    case .already: state = .already
    case .refused: state = .refused
    }
    entries[line.number] = Entry(state: state, begun: before?.begun)
  }

  /// Looks at a last line without its end. A `begin` that is whole but for that counts: its record may
  /// have been done. One whose end is another byte was not cut off.
  private mutating func readCut(_ text: ArraySlice<UInt8>, _ number: Int) throws(JournalError) {
    guard seal.isUsed, !text.isEmpty else { return }
    var probe = seal
    guard probe.opened(text.dropLast()) == nil else {
      throw JournalError(line: number, fault: .damaged)
    }
    guard let opened = probe.opened(text), case .begin? = JournalLine(opened) else { return }
    try read(text, number)
    length += text.count
    seal.wantsLineEnd = true
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
    }.sorted { $0.1.line > $1.1.line }
    var undos: [Undo] = []
    for (number, entry) in begun {
      let list = entry.undo.withByteView { ChangeRecordReader.read($0) }
      guard list.errors.isEmpty, list.records.count == 1 else {
        throw JournalError(line: entry.line, fault: .unreadable)
      }
      var record = list.records[0]
      // The place of the record is the journal's line; it was its own text's first.
      record.line = entry.line
      undos.append(Undo(number: number, record: record))
    }
    return undos
  }

  /// The records of `undos`.
  public func undoRecords() throws(JournalError) -> [ChangeRecord] { try undos().map(\.record) }

  /// Of how many records it says nothing: their turn had not come, or the journal was cut off.
  public var unknown: Int { patch.records - entries.count }

  /// Throws when what was begun is not of `records`, which are the patch's.
  public func check(_ records: [ChangeRecord]) throws(JournalError) {
    let wrong = entries.compactMap { number, entry -> Int? in
      guard let begun = entry.begun, records.indices.contains(number - 1) else { return nil }
      return begun.hash == JournalLine.hash(records[number - 1]) ? nil : begun.line
    }
    if let line = wrong.min() { throw JournalError(line: line, fault: .otherRecord) }
  }

  /// Forgets what it says of records for which `isDoubtful` is true. What was begun is undecided then,
  /// done or not: the object tells.
  public mutating func forget(_ isDoubtful: (Int) -> Bool) {
    for (number, entry) in entries where isDoubtful(number) {
      let isOpen = entry.state == .begun || entry.state == .done
      entries[number] = isOpen ? Entry(state: .begun, begun: entry.begun) : nil
    }
  }

  // MARK: Writing

  /// The bytes that say that record `number` was taken back, to be appended.
  public mutating func undone(_ number: Int) -> [UInt8] { bytes(.undone(number)) }

  /// The bytes of the first line, to be appended.
  mutating func head() -> [UInt8] { seal.sealed(JournalLine.head(patch)) }

  /// The bytes of `line`, to be appended.
  mutating func bytes(_ line: JournalLine) -> [UInt8] { seal.sealed(line.bytes) }
}
