import Bytes
import Directory
import LibC
import System

/// An export of which some records only add values to entries of it, as `ldifde` writes groups of many
/// members, read as if the values stood with their entries. Nothing is copied.
public struct MergedExport {
  /// A place that is known in the merged text and in the file.
  public struct Place: Sendable {
    /// The offset, and the line from 1, in the merged text.
    public var own: (offset: Int, line: Int)
    /// The offset, and the line from 1, in the file.
    public var given: (offset: Int, line: Int)
  }

  /// A record that adds values to an entry which is not there.
  public struct Orphan: Sendable {
    /// The DN as text, in normal form where it is one.
    public var dn: [UInt8]
    /// The line and the offset of the record in the file.
    public var line: Int
    /// The offset of the record in the file.
    public var offset: Int
  }

  /// The merged text.
  public private(set) var stretches: FileStretches
  /// The beginning of every stretch, in order.
  public private(set) var places: [Place] = []
  /// What could not be merged, and is not in the text; the first few.
  public private(set) var orphans: [Orphan] = []
  /// How many could not be merged.
  public private(set) var orphanCount = 0

  private var line = 1
  private let input: LDIFInput
  private let hash = KeyedHash()
  private let window: FileWindow

  /// Orphans that are kept.
  private static let maximumOrphans = 10

  /// A record that adds values: where it is, and to what.
  private struct Addition {
    var record: RecordWalk.Record
    var key: UInt64
    var isMerged = false
  }

  private var additions: [Addition] = []

  /// The merged text of `input`; nil when no record of it only adds values. Throws when it cannot be
  /// read.
  public static func merge(_ input: LDIFInput) throws(SystemError) -> MergedExport? {
    var result = MergedExport(input)
    try result.findAdditions()
    guard !result.additions.isEmpty else { return nil }
    try result.writeStretches()
    try result.nameOrphans()
    return result
  }

  private init(_ input: LDIFInput) {
    self.input = input
    stretches = FileStretches(files: [input.file])
    window = FileWindow(file: input.file, capacity: 1 << 16)
  }

  // MARK: Finding

  private mutating func findAdditions() throws(SystemError) {
    var walk = try RecordWalk(input)
    while let record = try walk.next() {
      guard record.kind == .modify, AddedValues.added(by: try bytes(record), hash) != nil else {
        continue
      }
      additions.append(
        Addition(record: record, key: hash.exact(walk.normalisedName(), tag: 0)))
    }
  }

  /// The bytes of `record`; valid until the next call.
  private func bytes(_ record: RecordWalk.Record) throws(SystemError) -> ByteView {
    // A record may be larger than memory only where something is wrong with it.
    guard record.range.count <= ChunkReader.maximumBlock else {
      throw SystemError(operation: "read a record", code: EFBIG)
    }
    try window.load(at: record.range.lowerBound, count: record.range.count)
    return window.bytes
  }

  // MARK: Merging

  private mutating func writeStretches() throws(SystemError) {
    var byKey: [UInt64: [Int]] = [:]
    for (number, addition) in additions.enumerated() {
      byKey[addition.key, default: []].append(number)
    }
    var walk = try RecordWalk(input)
    var done = (offset: input.firstByte, line: 1)
    var next = 0
    while let record = try walk.next() {
      if next < additions.count,
        additions[next].record.range.lowerBound == record.range.lowerBound
      {
        append(done.offset..<record.range.lowerBound, lines: done.line..<record.lines.lowerBound)
        done = (record.range.upperBound, record.lines.upperBound)
        next += 1
        continue
      }
      guard record.kind == .entry,
        let numbers = byKey.removeValue(forKey: hash.exact(walk.normalisedName(), tag: 0))
      else { continue }
      append(done.offset..<record.range.upperBound, lines: done.line..<record.lines.upperBound)
      done = (record.range.upperBound, record.lines.upperBound)
      try append(numbers, to: record)
    }
    append(done.offset..<max(done.offset, input.file.size), lines: done.line..<done.line)
  }

  /// Adds what the additions with these numbers have and `entry` has not, behind it.
  private mutating func append(
    _ numbers: [Int], to entry: RecordWalk.Record
  ) throws(SystemError) {
    let own = try bytes(entry)
    var known = Set(AddedValues.of(own, hash).values.map(\.key))
    try endLine(own, entry)
    for number in numbers {
      additions[number].isMerged = true
      let record = additions[number].record
      let text = try bytes(record)
      guard let added = AddedValues.added(by: text, hash) else { continue }
      var piece: (range: Range<Int>, lines: Range<Int>)?
      for value in added.values where known.insert(value.key).inserted {
        let start = record.range.lowerBound + value.range.lowerBound
        let end = record.range.lowerBound + value.range.upperBound
        let line = record.lines.lowerBound + value.line
        if let last = piece, last.range.upperBound == start {
          piece = (last.range.lowerBound..<end, last.lines.lowerBound..<line + value.lines)
          continue
        }
        if let piece { append(piece.range, lines: piece.lines) }
        piece = (start..<end, line..<line + value.lines)
      }
      guard let piece else { continue }
      append(piece.range, lines: piece.lines)
      if piece.range.upperBound == record.range.upperBound { try endLine(text, record) }
    }
  }

  /// Adds a line end where `record`, which is `text`, ends with the file and without one: any of the
  /// file's.
  private mutating func endLine(
    _ text: ByteView, _ record: RecordWalk.Record
  ) throws(SystemError) {
    guard !text.isEmpty, text[text.count - 1] != 0x0A else { return }
    if let newline = text.firstIndex(of: 0x0A) {
      let place = record.range.lowerBound + newline
      append(place..<place + 1, lines: record.lines.lowerBound..<record.lines.lowerBound)
    } else if record.range.lowerBound > input.firstByte {
      // What stands before a record's first line is the end of another.
      let place = record.range.lowerBound - 1
      append(place..<place + 1, lines: record.lines.lowerBound..<record.lines.lowerBound)
    }
  }

  private mutating func append(_ range: Range<Int>, lines: Range<Int>) {
    guard !range.isEmpty else { return }
    places.append(
      Place(
        own: (stretches.count, line), given: (range.lowerBound, lines.lowerBound)))
    stretches.append(range, of: 0)
    line += lines.count
  }

  // MARK: What is left

  private mutating func nameOrphans() throws(SystemError) {
    for addition in additions where !addition.isMerged {
      orphanCount += 1
      guard orphans.count < Self.maximumOrphans else { continue }
      let part = LDIFInput(file: input.file, firstByte: addition.record.range.lowerBound)
      var walk = try RecordWalk(part)
      guard try walk.next() != nil else { continue }
      orphans.append(
        Orphan(
          dn: walk.normalisedName().array, line: addition.record.lines.lowerBound,
          offset: addition.record.range.lowerBound))
    }
  }
}
