import Bytes
import Directory
import System

/// Reads one file of LDIF in chunks, each by whichever thread comes first.
///
/// Chunk number k owns the blocks of lines that *begin* in the bytes from k × `chunkSize` on, and
/// reads them to their end however far that is, with all records in them. Where a block begins depends
/// on empty lines alone, so the chunks cover the file without gap or overlap and need not be read in
/// order.
public struct ChunkReader: ~Copyable {
  /// A place whose line number is known.
  public struct Checkpoint: Sendable {
    /// The offset of a record in the file.
    public var offset: Int
    /// Lines between the chunk's first block and it.
    public var line: Int
  }

  /// What a chunk held.
  public struct Chunk: Sendable {
    /// The offset of its first block.
    public var start = 0
    /// Lines from `start` to the next chunk's first block.
    public var lines = 0
    /// Places about `checkpointDistance` bytes apart.
    public var checkpoints: [Checkpoint] = []

    /// A chunk that begins at `start` and holds nothing.
    public init(start: Int = 0) { self.start = start }
  }

  /// Bytes a chunk nominally has.
  public static let chunkSize = 256 << 10
  /// Bytes between two places whose line number is kept.
  public static let checkpointDistance = 8 << 10

  /// The largest record, in bytes; a larger one is malformed. A group with a few million members
  /// fits, and a file without any empty line cannot use up the memory.
  public static let maximumBlock = 512 << 20

  private let window: FileWindow
  private let firstByte: Int
  private let size: Int
  private let slack: Int
  private let limit: Int
  private var scanner: RecordScanner

  /// A reader of `file`, whose LDIF begins at `firstByte` (after a byte order mark).
  ///
  /// Every reader of a file must have the same `chunkSize`, at least 16 bytes; other sizes than
  /// the default are for tests, like another `maximumBlock`, which is larger than a chunk.
  public init(
    file: ReadableFile, table: AttributeTable, firstByte: Int = 0,
    chunkSize: Int = Self.chunkSize, maximumBlock: Int = Self.maximumBlock
  ) {
    self.firstByte = firstByte
    size = max(chunkSize, 16)
    slack = min(Self.slack, size)
    limit = maximumBlock
    window = FileWindow(file: file, capacity: size + slack + Self.lookBehind)
    scanner = RecordScanner(table: table)
  }

  /// Read beyond a chunk's end at first, so that its last block is mostly there.
  private static let slack = 16 << 10
  /// Read at first for one block, which is mostly a user; much more would only be copied.
  private static let usualBlock = 4 << 10
  /// Read before a chunk's beginning: an empty line there may end with the byte before it, and begins
  /// after a line end.
  private static let lookBehind = LogicalLine.maximumReturns + 2

  /// How many chunks a file of `size` bytes has.
  public static func chunkCount(size: Int, chunkSize: Int = Self.chunkSize) -> Int {
    max(1, (size + chunkSize - 1) / chunkSize)
  }

  /// Reads chunk `number`, handing every record to `body` with its offset in the file and the
  /// number of lines between the chunk's first block and it.
  ///
  /// `body` gets the outcome and what the scanner passed over; `entry` holds the entry. It returns
  /// whether to go on. Throws when the file cannot be read.
  public mutating func read(
    chunk number: Int, into entry: Entry,
    _ body: (Int, Int, RecordOutcome, [RecordRemark]) -> Bool
  ) throws(SystemError) -> Chunk {
    let nominal = number * size
    let end = nominal + size
    let lookBehind = min(nominal, Self.lookBehind)
    try window.load(at: nominal - lookBehind, count: size + slack + lookBehind)
    guard var position = firstBlock(number: number, lookBehind: lookBehind, end: end) else {
      return try chunkWithoutBlock(number, end: end)
    }
    var chunk = Chunk(start: number == 0 ? 0 : window.start + position)
    chunk.lines = number == 0 ? window.bytes.upTo(position).newlineCount : 0
    var lastCheckpoint = Int.min / 2
    var held = window.contents
    var isInBlock = false
    while isInBlock || held.start + position < end, position < held.bytes.count {
      let offset = held.start + position
      if offset - lastCheckpoint >= Self.checkpointDistance {
        chunk.checkpoints.append(Checkpoint(offset: offset, line: chunk.lines))
        lastCheckpoint = offset
      }
      let outcome = scanner.scan(
        held.bytes, at: position, offset: held.start, isEnd: held.reachesEnd, into: entry)
      let line = chunk.lines
      if case .incomplete = outcome {
        if position > size + Self.lookBehind {
          // Behind the chunk's own bytes: what has been read need not be kept.
          try window.load(at: offset, count: size + slack)
          position = 0
        } else if held.bytes.count - position < limit {
          try extend(pastRecordAt: position)
        } else {
          guard body(offset, line, .malformed(oversized(at: position)), []) else { break }
          let passed = try passRecord(at: &position)
          chunk.lines += passed.lines
          isInBlock = passed.blockGoesOn
        }
        held = window.contents
        continue
      }
      chunk.lines += scanner.lines
      position = scanner.next
      isInBlock = scanner.blockGoesOn
      guard body(offset, line, outcome, scanner.remarks) else { break }
    }
    return chunk
  }

  /// Reads the record at `offset`, which `read(chunk:)` has met before, into `entry`.
  public mutating func readBlock(at offset: Int, into entry: Entry) throws(SystemError)
    -> RecordOutcome
  {
    // Findings come in order: the record is mostly in the window already.
    let end = window.start + window.bytes.count
    if offset < window.start || offset >= end {
      // What comes soon after what was read last will mostly be followed by more.
      let isNear = offset >= end && offset - end < Self.slack
      try window.load(at: offset, count: isNear ? Self.slack : Self.usualBlock)
    }
    while true {
      let outcome = scanner.scan(
        window.bytes, at: offset - window.start, offset: window.start, isEnd: window.reachesEnd,
        into: entry)
      guard case .incomplete = outcome else { return outcome }
      let position = offset - window.start
      guard window.bytes.count - position < limit else {
        return .malformed(oversized(at: position))
      }
      if position > 0 {
        let isNear = position + Self.slack > window.bytes.count
        try window.load(at: offset, count: isNear ? Self.slack : Self.usualBlock)
      }
      try extend(pastRecordAt: 0)
    }
  }

  /// Reads on until the end of the record at `position` is in the window, or `limit` is reached.
  ///
  /// Looking for an empty line costs little; taking a large record apart again after each piece
  /// that was read would double its cost.
  private func extend(pastRecordAt position: Int) throws(SystemError) {
    var searched = Self.head(window.bytes, of: position)
    repeat {
      let count = window.bytes.count
      try window.extend(to: min(max(Self.usualBlock, count * 2), position + limit))
      guard window.bytes.count > count else { return }
      if Self.hasEnd(window.bytes, from: searched) { return }
      // The last bytes may be the beginning of an empty line.
      searched = max(searched, window.bytes.count - Self.lookBehind)
    } while !window.reachesEnd && window.bytes.count - position < limit
  }

  /// Where the DN of the record at `position` stands, which may begin with comments; `position` when
  /// it is not there.
  private static func head(_ bytes: ByteView, of position: Int) -> Int {
    var place = position
    while !bytes.from(place).beginsRecord {
      guard let newline = bytes.firstIndex(of: 0x0A, from: place) else { return position }
      place = newline + 1
    }
    return place
  }

  /// Whether behind a line feed at or after `start` there is an empty line, or a record begins.
  private static func hasEnd(_ bytes: ByteView, from start: Int) -> Bool {
    var place = start
    while let newline = bytes.firstIndex(of: 0x0A, from: place) {
      place = newline + 1
      guard place < bytes.count else { return false }
      if LogicalLine.emptyLine(bytes, at: place, isEnd: false) != nil
        || bytes.from(place).beginsRecord
      {
        return true
      }
    }
    return false
  }

  /// The offset in the file at which the record after the one read last begins.
  public var nextOffset: Int { window.start + scanner.next }

  /// The number of lines between `from` and `to`, two offsets in the file.
  public func lines(from: Int, to: Int) throws(SystemError) -> Int {
    guard to > from else { return 0 }
    if from >= window.start, to <= window.start + window.bytes.count {
      return window.bytes[(from - window.start)..<(to - window.start)].newlineCount
    }
    var lines = 0
    var place = from
    while place < to {
      // The last piece is read further: what follows `to` is wanted next.
      try window.load(at: place, count: min(to - place, size) + Self.usualBlock)
      let count = min(to - place, window.bytes.count)
      guard count > 0 else { break }
      lines += window.bytes.upTo(count).newlineCount
      place += count
    }
    return lines
  }

  // MARK: Blocks

  private func chunkWithoutBlock(_ number: Int, end: Int) throws(SystemError) -> Chunk {
    guard number == 0 else { return Chunk(start: end) }
    // Empty lines belong to the block before them; those at the very beginning to none.
    var chunk = Chunk(start: 0)
    chunk.lines = try skip(from: firstByte, isInBlock: false).lines
    return chunk
  }

  private func oversized(at position: Int) -> LDIFError {
    let line = window.bytes.firstIndex(of: 0x0A, from: position) ?? window.bytes.count
    return LDIFError(
      reason: "the record is larger than \(limit >> 20) MiB; an empty line may be missing"
        + (limit < Self.maximumBlock ? ", or the memory limit is too small for it" : ""),
      byteOffset: window.start + position,
      raw: LogicalLine.shown(window.bytes[position..<line]))
  }

  /// Moves the window and `position` past the record there; returns its lines, and whether more records
  /// follow in its block.
  private func passRecord(
    at position: inout Int
  ) throws(SystemError) -> (lines: Int, blockGoesOn: Bool) {
    let skipped = try skip(from: window.start + position, isInBlock: true)
    try window.load(at: skipped.next, count: size + slack)
    position = 0
    return (skipped.lines, skipped.isInBlock)
  }

  /// Where the first block after the line at `offset` begins, or the first record, and the number of
  /// lines until there.
  ///
  /// `isInBlock` says that a record goes on at `offset`, whose end comes first, and whether what
  /// begins there is in the same block. Only one piece is in memory at a time; the window is elsewhere
  /// afterwards.
  private func skip(
    from offset: Int, isInBlock: Bool
  ) throws(SystemError) -> (next: Int, lines: Int, isInBlock: Bool) {
    var place = offset
    var lines = 0
    var isInBlock = isInBlock
    var isInLine = false
    while true {
      try window.load(at: place, count: size + slack)
      let bytes = window.bytes
      // The last bytes may be the beginning of an empty line, or of a record.
      let usable = window.reachesEnd ? bytes.count : bytes.count - Self.lookBehind
      var position = 0
      while position < usable {
        if !isInLine {
          if let after = LogicalLine.emptyLine(bytes, at: position, isEnd: window.reachesEnd) {
            lines += 1
            isInBlock = false
            position = after
            continue
          }
          let begins = place + position > offset && bytes.from(position).beginsRecord
          if !isInBlock || begins { return (place + position, lines, isInBlock) }
          lines += 1
        }
        let newline = bytes.firstIndex(of: 0x0A, from: position)
        isInLine = newline == nil
        position = newline.map { $0 + 1 } ?? usable
      }
      place += position
      if window.reachesEnd || usable <= 0 { return (place, lines, isInBlock) }
    }
  }

  /// The position in the window of the chunk's first block, or nil when it owns none.
  private func firstBlock(
    number: Int, lookBehind: Int, end: Int
  ) -> Int? {
    var position = lookBehind
    var followsEmptyLine = false
    if number == 0 {
      position = min(firstByte, window.bytes.count)
      followsEmptyLine = true
    } else {
      guard let start = Self.lineStart(window.bytes, from: position) else { return nil }
      position = start
      followsEmptyLine = self.followsEmptyLine(window.bytes, start)
    }
    while window.start + position < end, position < window.bytes.count {
      if let after = LogicalLine.emptyLine(
        window.bytes, at: position, isEnd: window.reachesEnd)
      {
        followsEmptyLine = true
        position = after
      } else if followsEmptyLine {
        return position
      } else {
        guard let next = Self.lineStart(window.bytes, from: position + 1) else { return nil }
        position = next
      }
    }
    return nil
  }

  /// The first line start at or after `position`, which is not 0.
  private static func lineStart(_ bytes: ByteView, from position: Int) -> Int? {
    guard position <= bytes.count, let newline = bytes.firstIndex(of: 0x0A, from: position - 1)
    else { return nil }
    return newline + 1
  }

  /// Whether the line before the one at `start` is empty.
  private func followsEmptyLine(_ bytes: ByteView, _ start: Int) -> Bool {
    var place = start - 2
    let first = firstByte - window.start
    while place >= first, start - 2 - place < LogicalLine.maximumReturns, bytes[place] == 0x0D {
      place -= 1
    }
    return place < first || bytes[place] == 0x0A
  }
}
