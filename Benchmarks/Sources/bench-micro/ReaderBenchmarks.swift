import Bytes
import Checks
import Directory
import LDIF
import RulePacks

/// LDIF to objects: the lines alone, and with the values that a pack wants.
struct ReaderBenchmarks {
  let file: ReadableFile
  private let ruleSet: RuleSet

  init(file: ReadableFile, packs: PackSet) throws {
    self.file = file
    ruleSet = try RuleSet(packs: packs.packs, rules: packs.rules, settings: CheckSettings())
  }

  func run(_ report: inout MicroReport) throws {
    let entries = try read(AttributeTable())
    try report.measure(
      "reader, no attribute wanted", per: "object", units: entries, bytes: file.size
    ) { keep(try read(AttributeTable())) }
    try report.measure(
      "reader, parse only (LDIF to objects)", per: "object", units: entries, bytes: file.size
    ) { keep(try read(ruleSet.table)) }
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
