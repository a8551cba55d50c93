import Bytes
import System

/// The unique values that one worker has met, spread over partitions by hash.
///
/// Nothing is kept but `IndexRecord`s in pages, so memory is linear in the number of values and
/// nothing is copied while it grows. When there is no room for another page, everything goes to a
/// file, sorted, and the pages serve again. Partitions of all workers are put together by
/// `FinishedIndex`.
@safe
public final class UniquenessIndex {
  /// How many partitions there are.
  public static let partitionCount = 256

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

    func count(_ pageCapacity: Int) -> Int { pages.count * pageCapacity - room }
  }

  private let partitions: UnsafeMutablePointer<Partition>
  /// Pages that have been used and are not needed now.
  private var spare: [Page] = []
  private var pagesInUse = 0
  private let pages: RecordPages
  private let pageCapacity: Int
  private let pageLimit: Int

  /// What may be kept in memory.
  let room: IndexRoom
  /// The values that memory had no room for.
  private(set) var spillFile: SpillFile?
  private var sorter: RecordSorter?
  /// Why values are missing: they could not be written.
  public private(set) var failure: SystemError?

  /// An empty index that keeps as much in memory as `room` has.
  public init(room: IndexRoom? = nil) {
    let room = room ?? .unlimited
    self.room = room
    pageCapacity = room.pageCapacity
    pages = RecordPages(capacity: room.pageCapacity)
    pageLimit = room.pages
    unsafe partitions = .allocate(capacity: Self.partitionCount)
    unsafe partitions.initialize(repeating: Partition(), count: Self.partitionCount)
  }

  deinit {
    unsafe partitions.deinitialize(count: Self.partitionCount)
    unsafe partitions.deallocate()
  }

  /// Remembers that the object at `position` holds a value with that hash.
  @inline(__always)
  public func insert(hash: UInt64, position: Int) {
    let kept = KeptHash(hash)
    let partition = unsafe partitions + kept.partition
    if unsafe partition.pointee.room == 0 { unsafe addPage(partition) }
    let record = IndexRecord(bits: kept.bits, position: position)
    unsafe partition.pointee.next?.initialize(to: record)
    unsafe partition.pointee.next? += 1
    unsafe partition.pointee.room &-= 1
  }

  @inline(never)
  private func addPage(_ partition: UnsafeMutablePointer<Partition>) {
    if pagesInUse >= pageLimit { spill() }
    let page = unsafe spare.popLast() ?? Page(records: pages.make())
    pagesInUse += 1
    unsafe partition.pointee.pages.append(page)
    unsafe partition.pointee.next = page.records
    unsafe partition.pointee.room = pageCapacity
  }

  /// How many values are held in memory.
  public var count: Int {
    (0..<Self.partitionCount).reduce(0) { $0 + count(in: $1) }
  }

  /// How many values partition `number` holds in memory.
  private func count(in number: Int) -> Int { unsafe partitions[number].count(pageCapacity) }

  /// Runs `body` on every record of partition `number`.
  func forEach(in number: Int, _ body: (IndexRecord) -> Void) {
    var remaining = count(in: number)
    for page in unsafe partitions[number].pages {
      for place in 0..<min(remaining, pageCapacity) { body(unsafe page.records[place]) }
      remaining -= pageCapacity
    }
  }

  /// Adds the records of partition `number` to `records`.
  private func appendRecords(of number: Int, to records: inout [IndexRecord]) {
    var remaining = count(in: number)
    for page in unsafe partitions[number].pages {
      let used = min(remaining, pageCapacity)
      unsafe records.append(contentsOf: UnsafeBufferPointer(start: page.records, count: used))
      remaining -= used
    }
  }

  /// Objects that hold a value with the same hash.
  public struct Collision: Sendable {
    /// The hash.
    public var hash: KeptHash
    /// The objects' positions, ascending, each once.
    public var positions: [Int]

    /// Whether the objects may be one object that is in the data more than once.
    package var isOfIdentity: Bool { hash.bits & identityBit != 0 }

    /// A collision of the objects at `positions`, in any order, some perhaps more than once.
    package init(hash: KeptHash, unsorted positions: [Int]) {
      self.hash = hash
      self.positions = []
      for position in positions.sorted() where self.positions.last != position {
        self.positions.append(position)
      }
    }
  }

  /// The hashes in partition `number` that more than one object holds, over all `indexes`.
  ///
  /// The order is that of the first object. The caller confirms them on the real bytes.
  public static func collisions(in number: Int, of indexes: [UniquenessIndex]) -> [Collision] {
    let total = indexes.reduce(0) { $0 + $1.count(in: number) }
    guard total > 1 else { return [] }
    var candidates = repeated(total: total, number: number, indexes: indexes)
    candidates.sort { $0.bits < $1.bits }
    var result: [Collision] = []
    var start = 0
    while start < candidates.count {
      var end = start + 1
      while end < candidates.count, candidates[end].bits == candidates[start].bits { end += 1 }
      let collision = Collision(
        hash: KeptHash(partition: number, bits: candidates[start].bits),
        unsorted: candidates[start..<end].map(\.position))
      if collision.positions.count > 1 { result.append(collision) }
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
      let bits = record.bits
      var slot = Int(truncatingIfNeeded: bits) & mask
      while true {
        let held = table[slot]
        if held == 0 {
          table[slot] = UInt32(ordinal + 1)
          break
        }
        let first = Int(held) - 1
        if records[first].bits == bits {
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

  /// The bit of a hash that tells what an object is from what it holds.
  private static let identityBit: UInt64 = 1

  /// `hash` as that of a value.
  @inline(__always)
  static func ofValue(_ hash: UInt64) -> UInt64 { hash & ~identityBit }

  /// `hash` as that of an object's identity.
  @inline(__always)
  static func ofIdentity(_ hash: UInt64) -> UInt64 { hash | identityBit }
}

// MARK: Files

extension UniquenessIndex {
  /// Whether memory had no room for some values.
  public var hasSpilled: Bool { spillFile != nil || failure != nil }

  /// Writes what is in memory to the file, as one sorted run or a few for each partition.
  ///
  /// When that fails the values are lost, and `failure` says why: the result is worth nothing, but
  /// memory does not grow.
  private func spill() {
    defer { forgetPages() }
    guard failure == nil else { return }
    do throws(SystemError) {
      let file: SpillFile
      if let spillFile { file = spillFile } else { file = try SpillFile(folder: room.folder) }
      spillFile = file
      let sorter = sorter ?? RecordSorter(capacity: room.sorted)
      self.sorter = sorter
      for number in 0..<Self.partitionCount { try write(number, to: file, sorter) }
    } catch {
      failure = error
    }
  }

  private func write(
    _ number: Int, to file: SpillFile, _ sorter: RecordSorter
  ) throws(SystemError) {
    var remaining = count(in: number)
    for page in unsafe partitions[number].pages {
      var place = 0
      let used = min(remaining, pageCapacity)
      while place < used {
        let some = min(used - place, sorter.room)
        unsafe sorter.append(UnsafeBufferPointer(start: page.records + place, count: some))
        place += some
        if sorter.room == 0 { try sorter.write(to: file, number) }
      }
      remaining -= used
    }
    try sorter.write(to: file, number)
  }

  /// Takes the pages from the partitions, to be used again.
  private func forgetPages() {
    for number in 0..<Self.partitionCount {
      unsafe spare.append(contentsOf: partitions[number].pages)
      unsafe partitions[number] = Partition()
    }
    pagesInUse = 0
  }

  /// Writes the rest as well and frees the memory; nothing can be added any more.
  public func spillRest() {
    spill()
    spare = []
    pages.removeAll()
    sorter = nil
  }
}
