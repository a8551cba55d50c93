import Bytes
import Checks
import Directory
import LDIF
import Rules
import System

/// LDIF to objects: the lines alone, and with the values that a pack wants.
struct ReaderBenchmarks {
  let file: ReadableFile
  private let ruleSet: RuleSet

  init(file: ReadableFile, packs: PackSet) throws {
    self.file = file
    ruleSet = try RuleSet(packs: packs.packs, rules: packs.rules, settings: CheckSettings())
  }

  func run(_ report: inout MicroReport) throws {
    try report.measure(
      "read and memchr for line ends and colons", per: "line", units: lines(), bytes: file.size
    ) { keep(try lines()) }
    let entries = try read(AttributeTable())
    try report.measure(
      "reader, no attribute wanted", per: "object", units: entries, bytes: file.size
    ) { keep(try read(AttributeTable())) }
    try report.measure(
      "reader, parse only (LDIF to objects)", per: "object", units: entries, bytes: file.size
    ) { keep(try read(ruleSet.table)) }
  }

  /// Reads the whole file and finds the end and the first colon of each line, the least that any
  /// reader has to do; the number of lines.
  private func lines() throws -> Int {
    let capacity = 1 << 20
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    defer { unsafe block.deallocate() }
    var lines = 0
    var colons = 0
    var offset = 0
    while offset < file.size {
      let count = unsafe try file.read(at: offset, count: capacity, into: block)
      guard count > 0 else { break }
      let bytes = unsafe ByteView(base: UnsafePointer(block), count: count)
      var position = 0
      while let end = bytes.firstIndex(of: 0x0A, from: position) {
        colons &+= bytes.firstIndex(of: 0x3A, from: position) ?? 0
        lines += 1
        position = end + 1
      }
      offset += max(position, 1)
    }
    keep(colons)
    return lines
  }

  /// Reads the whole file; the number of entries.
  private func read(_ table: AttributeTable) throws -> Int {
    var reader = ChunkReader(file: file, table: table)
    let entry = Entry(table: table)
    var entries = 0
    for number in 0..<ChunkReader.chunkCount(size: file.size) {
      _ = try reader.read(chunk: number, into: entry) { _, _, outcome, _ in
        if case .entry = outcome { entries += 1 }
        return true
      }
    }
    return entries
  }
}
