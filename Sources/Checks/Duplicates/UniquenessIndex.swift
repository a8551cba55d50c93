import Bytes

/// One value that should be unique: its hash and where its object is.
///
/// Twelve bytes: 52 bits of the hash (8 more are the number of the partition) and 44 bits of the
/// object's position in the run, 16 TB.
struct IndexRecord {
  private var high: UInt32
  private var middle: UInt32
  private var low: UInt32

  @inline(__always)
  init(hash: UInt64, position: Int) {
    let position = UInt64(position)
    high = UInt32(truncatingIfNeeded: hash &>> 20)
    middle =
      UInt32(truncatingIfNeeded: hash & 0xF_FFFF) &<< 12
      | UInt32(truncatingIfNeeded: position &>> 32)
    low = UInt32(truncatingIfNeeded: position)
  }

  /// The 52 bits of the hash that are kept.
  @inline(__always)
  var hash: UInt64 { UInt64(high) &<< 20 | UInt64(middle &>> 12) }

  /// The object's position in the run.
  @inline(__always)
  var position: Int { Int(UInt64(middle & 0xFFF) &<< 32 | UInt64(low)) }
}

/// The unique values that one worker has met, spread over partitions by hash.
///
/// Nothing is kept but `IndexRecord`s in pages, so memory is linear in the number of values and
/// nothing is copied while it grows. Partitions of all workers are put together by
/// `UniquenessIndex.collisions`.
@safe
public final class UniquenessIndex {
  /// How many partitions there are.
  public static let partitionCount = 256
  private static let pageCapacity = 1024

  @safe
  private struct Page {
    let records: UnsafeMutablePointer<IndexRecord>
  }

  /// Records in pages; the last page has `room` places left from `next` on.
  @safe
  private struct Partition {
    var pages: [Page] = []
    var next: UnsafeMutablePointer<IndexRecord>?
    var room: Int

    init() {
      unsafe next = nil
      room = 0
    }

    var count: Int { pages.count * UniquenessIndex.pageCapacity - room }
  }

  private let partitions: UnsafeMutablePointer<Partition>

  /// An empty index.
  public init() {
    unsafe partitions = .allocate(capacity: Self.partitionCount)
    unsafe partitions.initialize(repeating: Partition(), count: Self.partitionCount)
  }

  deinit {
    for number in 0..<Self.partitionCount {
      for page in unsafe partitions[number].pages { unsafe page.records.deallocate() }
    }
    unsafe partitions.deinitialize(count: Self.partitionCount)
    unsafe partitions.deallocate()
  }

  /// Remembers that the object at `position` holds a value with that hash.
  @inline(__always)
  public func insert(hash: UInt64, position: Int) {
    let partition = unsafe partitions + Int(hash &>> 56)
    if unsafe partition.pointee.room == 0 { unsafe addPage(partition) }
    let record = IndexRecord(hash: hash & 0xF_FFFF_FFFF_FFFF, position: position)
    unsafe partition.pointee.next?.initialize(to: record)
    unsafe partition.pointee.next? += 1
    unsafe partition.pointee.room &-= 1
  }

  @inline(never)
  private func addPage(_ partition: UnsafeMutablePointer<Partition>) {
    let records = UnsafeMutablePointer<IndexRecord>.allocate(capacity: Self.pageCapacity)
    unsafe partition.pointee.pages.append(Page(records: records))
    unsafe partition.pointee.next = records
    unsafe partition.pointee.room = Self.pageCapacity
  }

  /// How many values are held.
  public var count: Int {
    (0..<Self.partitionCount).reduce(0) { unsafe $0 + partitions[$1].count }
  }

  /// How many values partition `number` holds.
  private func count(in number: Int) -> Int { unsafe partitions[number].count }

  /// Runs `body` on every record of partition `number`.
  func forEach(in number: Int, _ body: (IndexRecord) -> Void) {
    var remaining = count(in: number)
    for page in unsafe partitions[number].pages {
      for place in 0..<min(remaining, Self.pageCapacity) { body(unsafe page.records[place]) }
      remaining -= Self.pageCapacity
    }
  }

  /// Adds the records of partition `number` to `records`.
  private func appendRecords(of number: Int, to records: inout [IndexRecord]) {
    var remaining = count(in: number)
    for page in unsafe partitions[number].pages {
      let used = min(remaining, Self.pageCapacity)
      unsafe records.append(contentsOf: UnsafeBufferPointer(start: page.records, count: used))
      remaining -= used
    }
  }

  /// Objects that hold a value with the same hash.
  public struct Collision: Sendable {
    /// The hash, without its four lowest bits of the partition number.
    public var hash: UInt64
    /// The objects' positions, ascending, each once.
    public var positions: [Int]
  }

  /// The hashes in partition `number` that more than one object holds, over all `indexes`.
  ///
  /// The order is that of the first object. Whoever calls confirms them on the real bytes.
  public static func collisions(in number: Int, of indexes: [UniquenessIndex]) -> [Collision] {
    let total = indexes.reduce(0) { $0 + $1.count(in: number) }
    guard total > 1 else { return [] }
    var candidates = repeated(total: total, number: number, indexes: indexes)
    candidates.sort { ($0.hash, $0.position) < ($1.hash, $1.position) }
    var result: [Collision] = []
    var start = 0
    while start < candidates.count {
      var end = start + 1
      while end < candidates.count, candidates[end].hash == candidates[start].hash { end += 1 }
      var positions: [Int] = []
      for record in candidates[start..<end] where positions.last != record.position {
        positions.append(record.position)
      }
      if positions.count > 1 {
        let hash = UInt64(number) << 56 | candidates[start].hash
        result.append(Collision(hash: hash, positions: positions))
      }
      start = end
    }
    return result
  }

  /// All records whose hash occurs more than once.
  ///
  /// Two passes over a table of fingerprint bits would do; an open-addressing table of record
  /// numbers costs one and stays in the second-level cache.
  private static func repeated(
    total: Int, number: Int, indexes: [UniquenessIndex]
  ) -> [IndexRecord] {
    var records: [IndexRecord] = []
    records.reserveCapacity(total)
    for index in indexes { index.appendRecords(of: number, to: &records) }
    var capacity = 16
    while capacity < total * 2 { capacity *= 2 }
    let mask = capacity - 1
    var table = [UInt32](repeating: 0, count: capacity)
    var isRepeated = [Bool](repeating: false, count: total)
    var result: [IndexRecord] = []
    for (ordinal, record) in records.enumerated() {
      let hash = record.hash
      var slot = Int(truncatingIfNeeded: hash) & mask
      while true {
        let held = table[slot]
        if held == 0 {
          table[slot] = UInt32(ordinal + 1)
          break
        }
        let first = Int(held) - 1
        if records[first].hash == hash {
          if !isRepeated[first] {
            isRepeated[first] = true
            result.append(records[first])
          }
          result.append(record)
          break
        }
        slot = (slot &+ 1) & mask
      }
    }
    return result
  }

  /// The bits of a full hash that a `Collision` carries.
  @inline(__always)
  static func kept(_ hash: UInt64) -> UInt64 { hash & 0xFF0F_FFFF_FFFF_FFFF }
}
