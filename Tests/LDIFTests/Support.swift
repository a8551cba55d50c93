import Bytes
import Directory
import Foundation
import System
import TestKit
import Testing

@testable import LDIF

/// `text` with every line feed written as CR and LF.
func crlf(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
}

/// `text` as a conversion of line ends leaves it that has been made twice.
func crcrlf(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\r\n")
}

/// An input that holds `bytes` in a file nobody else sees.
func input(_ bytes: [UInt8]) throws -> LDIFInput {
  LDIFInput(
    file: try spooled(bytes), firstByte: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
}

/// What a reader said of one block.
struct Seen: Equatable {
  enum Outcome: Equatable {
    case entry(dn: String, values: [String: [[UInt8]]], counts: [String: Int])
    case nothing
    case change
    case malformed(LDIFError)
  }

  /// The offset of the block.
  var offset: Int
  /// The lines before it, in the file.
  var line: Int
  var outcome: Outcome
  var remarks: [RecordRemark] = []

  init(
    offset: Int, line: Int, _ outcome: RecordOutcome, _ remarks: [RecordRemark], _ entry: Entry,
    _ table: AttributeTable
  ) {
    self.offset = offset
    self.line = line
    self.remarks = remarks
    switch outcome {
    case .entry:
      var values: [String: [[UInt8]]] = [:]
      var counts: [String: Int] = [:]
      entry.forEachPresent { attribute in
        counts[table.name(attribute)] = entry.count(attribute)
        let list = entry.values(attribute).map(\.array)
        if !list.isEmpty { values[table.name(attribute)] = list }
      }
      self.outcome = .entry(dn: entry.dn.string, values: values, counts: counts)
    case .nothing, .incomplete: self.outcome = .nothing
    case .change: self.outcome = .change
    case .malformed(let error): self.outcome = .malformed(error)
    }
  }

  var dn: String? {
    if case .entry(let dn, _, _) = outcome { return dn }
    return nil
  }

  var error: LDIFError? {
    if case .malformed(let error) = outcome { return error }
    return nil
  }

  /// The values by attribute, when it is an entry.
  var values: [String: [[UInt8]]]? {
    if case .entry(_, let values, _) = outcome { return values }
    return nil
  }

  /// How many values there are by attribute, when it is an entry.
  var counts: [String: Int]? {
    if case .entry(_, _, let counts) = outcome { return counts }
    return nil
  }

  /// The values of the attribute as text.
  func texts(_ name: String) -> [String]? {
    guard case .entry(_, let values, _) = outcome else { return nil }
    return values[name]?.map(\.text) ?? []
  }
}

/// The attributes that the tests ask for.
let testTable: AttributeTable = {
  var table = AttributeTable()
  for name in ["cn", "sn", "mail", "userCertificate", "description", "objectClass"] {
    _ = table.need(name)
  }
  _ = table.need("member", .count)
  return table
}()

/// What the scanner says of all blocks of `bytes`, with an empty line or two before them.
func scanned(_ bytes: [UInt8], table: AttributeTable = testTable) -> [Seen] {
  var scanner = RecordScanner(table: table)
  let entry = Entry(table: table)
  return bytes.withByteView { view in
    var seen: [Seen] = []
    var position = 0
    var line = 0
    while position < view.count {
      let outcome = scanner.scan(view, at: position, offset: 0, isEnd: true, into: entry)
      seen.append(Seen(offset: position, line: line, outcome, scanner.remarks, entry, table))
      position = scanner.next
      line += scanner.lines
    }
    return seen
  }
}

func scanned(_ text: String) -> [Seen] { scanned(text.bytes) }

/// What chunks of `chunkSize` bytes give, read in the order that `order` says, put together.
func chunked(
  _ input: LDIFInput, chunkSize: Int, table: AttributeTable = testTable,
  maximumBlock: Int = ChunkReader.maximumBlock, order: (Range<Int>) -> [Int] = { Array($0) }
) throws -> (seen: [Seen], lines: Int) {
  let count = ChunkReader.chunkCount(size: input.file.size, chunkSize: chunkSize)
  var results: [Int: (seen: [Seen], chunk: ChunkReader.Chunk)] = [:]
  var reader = ChunkReader(
    file: input.file, table: table, firstByte: input.firstByte, chunkSize: chunkSize,
    maximumBlock: maximumBlock)
  let entry = Entry(table: table)
  for number in order(0..<count) {
    var seen: [Seen] = []
    let chunk = try reader.read(chunk: number, into: entry) { offset, line, outcome, remarks in
      seen.append(Seen(offset: offset, line: line, outcome, remarks, entry, table))
      return true
    }
    results[number] = (seen, chunk)
  }
  var all: [Seen] = []
  var base = 0
  for number in 0..<count {
    guard let (seen, chunk) = results[number] else { continue }
    all += seen.map { block in
      var block = block
      block.line += base
      return block
    }
    for checkpoint in chunk.checkpoints {
      #expect(all.contains { $0.offset == checkpoint.offset && $0.line == base + checkpoint.line })
    }
    if let first = seen.first, number > 0 { #expect(chunk.start == first.offset) }
    base += chunk.lines
  }
  return (all, base)
}
