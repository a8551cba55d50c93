import Bytes
import Directory

/// Reads one file of LDIF in chunks, each by whichever thread comes first.
///
/// Chunk number k owns the blocks of lines that *begin* in the bytes from k × `chunkSize` on, and
/// reads them to their end however far that is. Where a block begins depends on the bytes alone,
/// so the chunks cover the file without gap or overlap and need not be read in order.
public struct ChunkReader {
  /// A place whose line number is known.
  public struct Checkpoint: Sendable {
    /// The offset of a block in the file.
    public var offset: Int
    /// Lines between the chunk's first block and this one.
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
  public static let chunkSize = 1 << 20
  /// Bytes between two places whose line number is kept.
  public static let checkpointDistance = 8 << 10

  private let window: FileWindow
  private let file: ReadableFile
  private let firstByte: Int
  private var scanner: RecordScanner

  /// A reader of `file`, whose LDIF begins at `firstByte` (after a byte order mark).
  public init(file: ReadableFile, table: AttributeTable, firstByte: Int = 0) {
    self.file = file
    self.firstByte = firstByte
    window = FileWindow(file: file, capacity: Self.chunkSize + Self.slack)
    scanner = RecordScanner(table: table)
  }

  /// Read beyond a chunk's end at first, so that its last block is mostly there.
  private static let slack = 64 << 10

  /// How many chunks a file of `size` bytes has.
  public static func chunkCount(size: Int) -> Int { max(1, (size + chunkSize - 1) / chunkSize) }

  /// Reads chunk `number`, handing every block to `body` with its offset in the file and the
  /// number of lines between the chunk's first block and it.
  ///
  /// `body` gets the outcome and what the scanner passed over; `entry` holds the entry. It returns
  /// whether to go on. Throws when the file cannot be read.
  public mutating func read(
    chunk number: Int, into entry: Entry,
    _ body: (Int, Int, RecordOutcome, [RecordRemark]) -> Bool
  ) throws(SystemError) -> Chunk {
    let nominal = number * Self.chunkSize
    let limit = nominal + Self.chunkSize
    let lookBehind = number == 0 ? 0 : 3
    try window.load(at: nominal - lookBehind, count: Self.chunkSize + Self.slack + lookBehind)
    guard var position = try firstBlock(number: number, lookBehind: lookBehind, limit: limit) else {
      return Chunk(start: limit)
    }
    var chunk = Chunk(start: window.start + position)
    if number == 0 { chunk.start = 0 }
    chunk.lines = number == 0 ? window.bytes.upTo(position).newlineCount : 0
    var lastCheckpoint = Int.min / 2
    while window.start + position < limit, position < window.bytes.count {
      let offset = window.start + position
      if offset - lastCheckpoint >= Self.checkpointDistance {
        chunk.checkpoints.append(Checkpoint(offset: offset, line: chunk.lines))
        lastCheckpoint = offset
      }
      let outcome = scanner.scan(
        window.bytes, at: position, offset: window.start, isEnd: window.reachesEnd, into: entry)
      if case .incomplete = outcome {
        try window.extend(to: window.bytes.count * 2)
        continue
      }
      let line = chunk.lines
      chunk.lines += scanner.lines
      position = scanner.next
      guard body(offset, line, outcome, scanner.remarks) else { break }
    }
    return chunk
  }

  /// Reads the block at `offset`, which `read(chunk:)` has met before, into `entry`.
  public mutating func readBlock(at offset: Int, into entry: Entry) throws(SystemError)
    -> RecordOutcome
  {
    // Findings come in order: the block is mostly in the window already.
    if offset < window.start || offset >= window.start + window.bytes.count {
      try window.load(at: offset, count: 16 << 10)
    }
    while true {
      let outcome = scanner.scan(
        window.bytes, at: offset - window.start, offset: window.start, isEnd: window.reachesEnd,
        into: entry)
      guard case .incomplete = outcome else { return outcome }
      if window.start < offset {
        try window.load(at: offset, count: max(16 << 10, window.bytes.count))
      } else {
        try window.extend(to: max(16 << 10, window.bytes.count * 2))
      }
    }
  }

  /// The offset in the file at which the block after the one read last begins.
  public var nextOffset: Int { window.start + scanner.next }

  /// The number of lines between `from` and `to`, two offsets in the file.
  public func lines(from: Int, to: Int) throws(SystemError) -> Int {
    guard to > from else { return 0 }
    if from >= window.start, to <= window.start + window.bytes.count {
      return window.bytes[(from - window.start)..<(to - window.start)].newlineCount
    }
    try window.load(at: from, count: to - from + (16 << 10))
    return window.bytes.upTo(min(to - from, window.bytes.count)).newlineCount
  }

  /// The position in the window of the chunk's first block, or nil when it owns none.
  private func firstBlock(
    number: Int, lookBehind: Int, limit: Int
  ) throws(SystemError) -> Int? {
    var position = lookBehind
    var followsEmptyLine = false
    if number == 0 {
      position = min(firstByte, window.bytes.count)
      followsEmptyLine = true
    } else {
      guard let start = Self.lineStart(window.bytes, from: position) else { return nil }
      position = start
      followsEmptyLine = Self.followsEmptyLine(window.bytes, start)
    }
    while window.start + position < limit, position < window.bytes.count {
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
  private static func followsEmptyLine(_ bytes: ByteView, _ start: Int) -> Bool {
    guard start >= 2 else { return false }
    if bytes[start - 2] == 0x0A { return true }
    return start >= 3 && bytes[start - 2] == 0x0D && bytes[start - 3] == 0x0A
  }
}
