import Bytes
import System

/// The unique values of all workers, to which none are added any more.
///
/// Unchecked, because the workers' indexes are not `Sendable`: their workers have handed them over, and
/// from here on they are only read.
package struct FinishedIndex: @unchecked Sendable {
  private let parts: [UniquenessIndex]
  /// The parts' files, where they did not fit into memory; then no part has anything else.
  private let files: [SpillFile]
  /// Records that a reader of the files may have in memory.
  private let records: Int

  /// The values of `parts`, of which up to `readers` threads will read at the same time. Throws
  /// when what did not fit into memory could not be written.
  package init(parts: [UniquenessIndex], readers: Int) throws(SystemError) {
    self.parts = parts
    let isSpilled = parts.contains { $0.hasSpilled }
    for part in parts where isSpilled { part.spillRest() }
    for part in parts {
      if let failure = part.failure { throw failure }
    }
    files = parts.compactMap(\.spillFile)
    let room = parts.reduce(0) { $0.addingReportingOverflow($1.room.records).partialValue }
    records = max(0, room) / max(1, readers)
  }

  /// Runs `body` on every hash in partition `number` that more than one object holds.
  ///
  /// The caller confirms them on the real bytes. Throws when a file cannot be read.
  package func forEachCollision(
    in number: Int, _ body: (UniquenessIndex.Collision) -> Void
  ) throws(SystemError) {
    guard !files.isEmpty else {
      for collision in UniquenessIndex.collisions(in: number, of: parts) { body(collision) }
      return
    }
    var merge = try RunMerge(files, partition: number, records: records)
    var bits: UInt64?
    var positions: [Int] = []
    func end() {
      guard positions.count > 1, let bits else { return }
      let collision = UniquenessIndex.Collision(
        hash: KeptHash(partition: number, bits: bits), unsorted: positions)
      if collision.positions.count > 1 { body(collision) }
    }
    while let record = try merge.next() {
      if record.bits != bits {
        end()
        bits = record.bits
        positions.removeAll(keepingCapacity: true)
      }
      positions.append(record.position)
    }
    end()
  }

  /// Those of the objects that hold a value with one of the hashes in `wanted` for whose positions `counts`
  /// holds, by hash.
  ///
  /// `wanted` are all of partition `number`. Throws when a file cannot be read.
  package func holders(
    of wanted: [KeptHash], in number: Int, where counts: (Int) -> Bool
  ) throws(SystemError) -> [KeptHash: [Int]] {
    var found: [KeptHash: [Int]] = [:]
    // Nearly all records are of other hashes: some bits of each tell so.
    var screen = BitScreen(count: wanted.count)
    for hash in wanted { screen.insert(hash.bits) }
    let wanted = Set(wanted)
    func take(_ record: IndexRecord) {
      guard screen.mayContain(record.bits) else { return }
      let hash = KeptHash(partition: number, bits: record.bits)
      if wanted.contains(hash), counts(record.position) {
        found[hash, default: []].append(record.position)
      }
    }
    for part in parts { part.forEach(in: number, take) }
    if !files.isEmpty {
      var merge = try RunMerge(files, partition: number, records: records)
      while let record = try merge.next() { take(record) }
    }
    return found
  }
}

/// Tells of most numbers that they are not among some: of each a part is a place in a table of bits.
private struct BitScreen {
  private var words: [UInt64]
  private let mask: UInt64

  /// A screen for `count` numbers.
  init(count: Int) {
    var bits = 1024
    while bits < count * 16 { bits *= 2 }
    words = Array(repeating: 0, count: bits / 64)
    mask = UInt64(bits - 1)
  }

  mutating func insert(_ number: UInt64) {
    let place = number &>> 8 & mask
    words[Int(place &>> 6)] |= 1 &<< (place & 63)
  }

  @inline(__always)
  func mayContain(_ number: UInt64) -> Bool {
    let place = number &>> 8 & mask
    return words[Int(place &>> 6)] & 1 &<< (place & 63) != 0
  }
}
