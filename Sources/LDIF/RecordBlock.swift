import Bytes
import Directory
import LibC
import System

/// The lines of one record, for readers that keep everything: those of a block (a run of lines without
/// an empty one), or of a part of it that the next record ends.
public struct RecordBlock {
  /// Where decoded values live until the next block.
  let arena: ByteArena
  /// The lines but for comments and `version:`; empty when the block has no record.
  var lines: [RecordLine] = []
  /// The comments above the first of `lines`.
  var comments: [String] = []
  /// The comments between the first of `lines` and the second, for when the first is no record's.
  var laterComments: [String] = []

  /// All of it as it stands in its source, without the empty line.
  var text: ByteView = .empty
  /// Whether an empty line ends it, or the next record, not the end of the file.
  var isClosed = false

  /// The DN of the record. Throws when it does not begin with one.
  func dn() throws(RecordError) -> [UInt8] {
    let field = try lines[0].field(arena)
    guard field.isNamed("dn") else {
      throw lines[0].error(.noDN)
    }
    switch field.value {
    case .text(let dn): return DistinguishedName.plain(dn).array
    case .url: throw lines[0].error(.dnByURL)
    case .badBase64: throw lines[0].error(.dnNotBase64)
    }
  }

  /// Drops a `version:` line at the beginning. Throws when the version is not 1.
  mutating func dropVersion() throws(RecordError) {
    while let first = lines.first, let field = try? first.field(arena), field.isNamed("version") {
      guard try field.word() == "1" else {
        throw first.error(.unknownVersion)
      }
      lines.removeFirst()
      comments = laterComments
    }
  }

  /// Whether another record begins at a `dn:` behind its lines: not when they only say the version.
  var isEndedByDN: Bool {
    var head = self
    do throws(RecordError) { try head.dropVersion() } catch { return true }
    return !head.lines.isEmpty
  }
}

/// Cuts an LDIF into records, one after the other, for readers that keep everything.
struct BlockReader {
  /// How much is read at a time, in bytes.
  static let windowSize = 1 << 20

  private let arena = ByteArena()
  private var line = 1
  /// Whether a record ends where the next begins, also without an empty line. In a patch that is an
  /// error, because what is missing may be more than the empty line.
  private let endsAtDN: Bool

  init(endsAtDN: Bool) { self.endsAtDN = endsAtDN }

  /// Runs `body` on every block of `input` until it returns false.
  mutating func read(
    _ input: LDIFInput, windowSize: Int = Self.windowSize, _ body: (RecordBlock) -> Bool
  ) throws(SystemError) {
    let window = FileWindow(file: input.file, capacity: windowSize)
    try window.load(at: input.firstByte, count: windowSize)
    var position = 0
    while position < window.bytes.count {
      if let next = block(
        window.bytes, at: position, offset: window.start, isEnd: window.reachesEnd, body)
      {
        guard next > position else { return }
        position = next
        // At the end of what is there, the next block is in the next window.
        if position == window.bytes.count, !window.reachesEnd {
          try window.load(at: window.start + position, count: windowSize)
          position = 0
        }
      } else if position > 0 {
        try window.load(
          at: window.start + position, count: max(windowSize, window.bytes.count - position))
        position = 0
      } else {
        guard window.bytes.count < ChunkReader.maximumBlock else {
          throw SystemError(operation: "read a record", code: EFBIG)
        }
        try window.extend(to: window.bytes.count * 2)
      }
    }
  }

  /// Runs `body` on the block that begins at `offset` of the window's file, of which `windowSize` bytes
  /// are read at first. Returns where what follows it begins.
  mutating func readBlock(
    at offset: Int, of window: FileWindow, windowSize: Int, _ body: (RecordBlock) -> Void
  ) throws(SystemError) -> Int {
    try window.load(at: offset, count: windowSize)
    while true {
      let next = block(
        window.bytes, at: 0, offset: offset, isEnd: window.reachesEnd
      ) { block in
        body(block)
        return true
      }
      if let next { return offset + next }
      guard window.bytes.count < ChunkReader.maximumBlock else {
        throw SystemError(operation: "read a record", code: EFBIG)
      }
      try window.extend(to: window.bytes.count * 2)
    }
  }

  /// Runs `body` on every block of `bytes`, which may begin with a byte order mark, until it
  /// returns false.
  mutating func read(_ bytes: ByteView, _ body: (RecordBlock) -> Bool) {
    var position = bytes.byteOrderMarkLength
    while position < bytes.count,
      let next = block(bytes, at: position, offset: 0, isEnd: true, body), next > position
    {
      position = next
    }
  }

  /// Reads the block at `start` and the empty lines after it.
  ///
  /// Returns where the next begins; `start` when `body` wants no more, and nil when the block goes
  /// on beyond `bytes`.
  private mutating func block(
    _ bytes: ByteView, at start: Int, offset: Int, isEnd: Bool, _ body: (RecordBlock) -> Bool
  ) -> Int? {
    arena.reset()
    var block = RecordBlock(arena: arena)
    var position = start
    var lines = 0
    while position < bytes.count {
      if let after = LogicalLine.emptyLine(bytes, at: position, isEnd: isEnd) {
        block.text = bytes[start..<position]
        lines += 1
        position = after
        block.isClosed = true
        break
      }
      let number = line + lines
      guard
        let text = LogicalLine.read(
          bytes, at: position, isEnd: isEnd, lines: &lines)?.withoutMark
      else { return nil }
      if endsAtDN, text.beginsRecord, block.isEndedByDN {
        lines = number - self.line
        block.text = bytes[start..<position]
        block.isClosed = true
        break
      }
      position = text.next
      if text.hasOnlyBlanks || endsAtDN && block.lines.isEmpty && text.isRestOfComment { continue }
      let line = RecordLine(
        text: text, number: number, byteOffset: offset + text.start,
        before: bytes[start..<text.start])
      if text.content.first != 0x23 {
        block.lines.append(line)
      } else if block.lines.count < 2, let comment = line.comment(arena) {
        if block.lines.isEmpty {
          block.comments.append(comment)
        } else {
          block.laterComments.append(comment)
        }
      }
    }
    // The empty line that ends the record may be in what has not been read yet.
    if position == bytes.count, !isEnd { return nil }
    line += lines
    if !block.isClosed { block.text = bytes[start..<position] }
    guard !block.lines.isEmpty else { return position }
    return body(block) ? position : start
  }
}
