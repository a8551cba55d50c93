import Bytes
import Directory
import Foundation
import TestKit
import Testing

@testable import LDIF

@Suite struct ChunkReaderTests {
  static let files: [String] = [
    RecordScannerTests.whole, crlf(RecordScannerTests.whole), "", "\n", "\r\n", "\r",
    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\ndn: a\ncn: x",
    crlf(
      String(repeating: "\n", count: 100) + "dn: a\n\ndn: b\n" + String(repeating: "\n", count: 60)),
    "dn: a\n\n\r\n\ndn: b\n\r\n\n\r\n\r\n\n\n\r\ndn: c\r\n\r\n\r\n dn: d\n\n# x\n\nbad\n\ndn: e\n-\n",
    "dn: a\ncn: " + String(repeating: "long ", count: 60) + "\n\ndn: b\ncn: x\n\ndn: c",
    "dn: a\n" + (0..<50).map { "cn: \($0)\n" }.joined() + "\ndn: b",
    "dn: a\ndescription: \n" + String(repeating: " \n", count: 80) + " x\n\ndn: b\n",
    "dn: a\r\n\r\r\n\rdn: b\n\n\rdn: c\n\r", RecordScannerTests.dense,
    crlf(RecordScannerTests.dense),
    RecordScannerTests.dense + "\n\n" + crcrlf(RecordScannerTests.whole + "\n\ndn: z\ndn: zz"),
    "dn: a\n \ndn: b\n\n  \n\t\ndn: c\n\r\r\r\n \ndn: d\n\n\n  \n\n  \n\n\n \n\n\n\n\n\n\n\n  ",
    "dn: a\n" + String(repeating: "\r", count: 15) + "\ndn: b\n"
      + String(repeating: "\r", count: 16)
      + "\ndn: c\n\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r",
    (0..<40).map { "dn: cn=\($0)\ncn: \($0)\n" }.joined(),
  ]

  /// Chunks of any size, read in any order, give what one chunk gives.
  @Test(arguments: files)
  func chunkBoundariesDoNotMatter(_ text: String) throws {
    for bom in [[], [0xEF, 0xBB, 0xBF] as [UInt8]] {
      let file = try input(bom + text.bytes)
      let whole = try chunked(file, chunkSize: 1 << 20)
      // Where blocks begin is the scanner's matter; only empty lines before all come on top.
      let expected = scanned(text).filter { $0.outcome != .nothing }
      #expect(whole.seen.filter { $0.outcome != .nothing }.map(\.dn) == expected.map(\.dn))
      for chunkSize in 16...(text.utf8.count + 20) {
        let forward = try chunked(file, chunkSize: chunkSize)
        #expect(forward.seen == whole.seen, "chunks of \(chunkSize)")
        #expect(forward.lines == whole.lines, "chunks of \(chunkSize)")
        let backward = try chunked(file, chunkSize: chunkSize) { $0.reversed() }
        #expect(backward.seen == whole.seen, "chunks of \(chunkSize), backwards")
        #expect(backward.lines == whole.lines)
      }
    }
  }

  /// Every line number is that of the file, counted the simple way.
  @Test(arguments: files)
  func linesAreThoseOfTheFile(_ text: String) throws {
    let bytes = text.bytes
    let result = try chunked(input(bytes), chunkSize: 16)
    for block in result.seen {
      #expect(block.line == bytes[..<block.offset].count { $0 == 0x0A })
    }
    #expect(result.lines >= bytes.count { $0 == 0x0A })
    #expect(result.lines <= bytes.count { $0 == 0x0A } + 1)
  }

  private static func generated(_ records: Int, seed: UInt64) -> [UInt8] {
    var dice = Dice(seed)
    var out: [UInt8] = []
    for number in 0..<records {
      let end: [UInt8] = dice.roll(3) == 0 ? [0x0D, 0x0A] : [0x0A]
      out += "dn: cn=\(number)".bytes + end
      for _ in 0..<dice.roll(6) {
        out += "mail: ".bytes
        for _ in 0..<dice.roll(4) {
          out += Array(repeating: 0x61, count: dice.roll(100)) + end + [0x20]
        }
        out += "x".bytes + end
      }
      if dice.roll(20) == 0 { out += "broken".bytes + end }
      for _ in 0...dice.roll(4) { out += end }
    }
    return out
  }

  @Test func largeFilesAreCutAnywhere() throws {
    let bytes = Self.generated(2000, seed: 11)
    let file = try input(bytes)
    let whole = try chunked(file, chunkSize: 1 << 20)
    #expect(whole.seen.count == 2000)
    for block in whole.seen {
      #expect(block.line == bytes.withByteView { $0.upTo(block.offset).newlineCount })
    }
    var dice = Dice(5)
    for chunkSize in [64, 1000, 4096, 65_537, bytes.count - 1] {
      let shuffled = try chunked(file, chunkSize: chunkSize) { range in
        var numbers = Array(range)
        for index in numbers.indices { numbers.swapAt(index, dice.roll(numbers.count)) }
        return numbers
      }
      #expect(shuffled.seen == whole.seen)
      #expect(shuffled.lines == whole.lines)
    }
  }

  @Test(arguments: [false, true]) func blocksAreReadAgainInAnyOrder(_ isDense: Bool) throws {
    let bytes =
      isDense
      ? String(repeating: RecordScannerTests.dense + "\n", count: 30).bytes
      : Self.generated(300, seed: 2)
    let file = try input(bytes)
    let whole = try chunked(file, chunkSize: 1 << 20).seen
    var reader = ChunkReader(file: file.file, table: testTable, chunkSize: 100)
    let entry = Entry(table: testTable)
    var dice = Dice(9)
    for _ in 0..<1000 {
      let block = whole[dice.roll(whole.count)]
      let outcome = try reader.readBlock(at: block.offset, into: entry)
      let seen = Seen(offset: block.offset, line: block.line, outcome, [], entry, testTable)
      #expect(seen.outcome == block.outcome)
      let other = whole[dice.roll(whole.count)]
      let lines = try reader.lines(from: block.offset, to: other.offset)
      #expect(lines == max(0, other.line - block.line))
    }
  }

  @Test func readingStopsWhenNoMoreIsWanted() throws {
    let file = try input("dn: a\n\ndn: b\n\ndn: c\n".bytes)
    var reader = ChunkReader(file: file.file, table: testTable)
    var count = 0
    _ = try reader.read(chunk: 0, into: Entry(table: testTable)) { _, _, _, _ in
      count += 1
      return count < 2
    }
    #expect(count == 2)
  }

  /// A record without end is malformed; what follows is read, with the right lines.
  @Test(arguments: [16, 64, 100, 999, 1000])
  func oversizedRecordIsMalformed(_ chunkSize: Int) throws {
    let lines = (0..<500).map { "cn: \($0)" }.joined(separator: "\n")
    for gap in ["\n\n", "\r\n\r\n", "\n\n\r\n\n"] {
      let text = "dn: a\n\ndn: b\n\(lines)\(gap)dn: c\nsn: x\n\ndn: d"
      let (seen, count) = try chunked(
        input(text.bytes), chunkSize: chunkSize, maximumBlock: 2000)
      #expect(seen.map(\.dn) == ["a", nil, "c", "d"])
      #expect(seen[1].error?.raw.text == "dn: b")
      #expect(seen[1].error?.byteOffset == 7)
      #expect(seen[1].error?.reason.contains("an empty line may be missing") == true)
      for block in seen {
        #expect(block.line == text.bytes[..<block.offset].count { $0 == 0x0A })
      }
      #expect(count == text.bytes.count { $0 == 0x0A } + 1)
    }
    let endless = try chunked(
      input("dn: a\n\(lines)".bytes), chunkSize: chunkSize, maximumBlock: 2000)
    #expect(endless.seen.map(\.dn) == [nil])
    #expect(endless.lines == 501)
  }

  /// Also where no empty line ends it.
  @Test(arguments: [16, 64, 100, 999, 1000])
  func oversizedRecordEndsAtTheNext(_ chunkSize: Int) throws {
    let lines = (0..<500).map { "cn: \($0)\n" }.joined()
    let text = "# x\ndn: b\n\(lines)dn: c\n\(lines)dn: d\nsn: x\ndn: e\n\(lines)\ndn: f\n"
    let (seen, count) = try chunked(input(text.bytes), chunkSize: chunkSize, maximumBlock: 2000)
    #expect(seen.map(\.dn).suffix(4) == [nil, "d", nil, "f"])
    for block in seen {
      #expect(block.line == text.bytes[..<block.offset].count { $0 == 0x0A })
    }
    #expect(count == text.bytes.count { $0 == 0x0A })
  }

  /// What is kept of a file is no more than a record and a chunk, also without any empty line.
  @Test func fileWithoutEmptyLinesIsReadInPieces() throws {
    let count = 20_000
    var bytes: [UInt8] = []
    for number in 0..<count { bytes += "dn: cn=\(number)\ncn: \(number)\nmail: x\n".bytes }
    let (seen, lines) = try chunked(
      input(bytes), chunkSize: ChunkReader.chunkSize, maximumBlock: ChunkReader.chunkSize + 1)
    #expect(seen.count == count)
    #expect(seen.last?.dn == "cn=\(count - 1)")
    #expect(seen.last?.line == 3 * (count - 1))
    #expect(lines == 3 * count)
  }

  @Test func oversizedRecordIsNotReadAgain() throws {
    let text = "dn: b\n" + (0..<5000).map { "cn: \($0)\n" }.joined()
    var reader = ChunkReader(
      file: try input(text.bytes).file, table: testTable, chunkSize: 64, maximumBlock: 100)
    guard case .malformed = try reader.readBlock(at: 0, into: Entry(table: testTable)) else {
      Issue.record("read all of it")
      return
    }
  }

  /// What is gone is not read, and nothing breaks.
  @Test(arguments: [0, 1, 100, 4095, 4096, 20_000])
  func fileThatShrinksIsReadAsFarAsItGoes(_ left: Int) throws {
    let bytes = Self.generated(300, seed: 4)
    let file = try input(bytes)
    let whole = try chunked(file, chunkSize: 4096)
    #expect(file.file.trouble == nil)
    try #require(ftruncate(file.file.descriptor, off_t(left)) == 0)
    #expect(file.file.trouble == .changed)
    let cut = try chunked(file, chunkSize: 4096)
    let complete = zip(whole.seen, whole.seen.dropFirst()).filter { $0.1.offset <= left }.map(\.0)
    #expect(cut.seen.starts(with: complete))
    #expect(cut.seen.count <= complete.count + 1)
    var reader = ChunkReader(file: file.file, table: testTable, chunkSize: 4096)
    let entry = Entry(table: testTable)
    for block in whole.seen where block.offset > left {
      let outcome = try reader.readBlock(at: block.offset, into: entry)
      guard case .nothing = outcome else {
        Issue.record("read what is not there")
        return
      }
      let lines = try reader.lines(from: left, to: block.offset)
      #expect(lines == 0)
    }
  }

  @Test func chunksOfAFileAreCounted() {
    #expect(ChunkReader.chunkCount(size: 0) == 1)
    #expect(ChunkReader.chunkCount(size: 1) == 1)
    #expect(ChunkReader.chunkCount(size: 256 << 10) == 1)
    #expect(ChunkReader.chunkCount(size: 256 << 10 + 1) == 2)
    #expect(ChunkReader.chunkCount(size: 33, chunkSize: 16) == 3)
  }
}
