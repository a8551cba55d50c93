import Bytes
import System

/// Sorts some records by their hashes, in memory of its own.
@safe
final class RecordSorter {
  /// The most records that it sorts.
  let capacity: Int
  /// What is to be sorted, and as much room again.
  private var records: UnsafeMutablePointer<IndexRecord>
  private var other: UnsafeMutablePointer<IndexRecord>
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    unsafe records = .allocate(capacity: capacity)
    unsafe other = .allocate(capacity: capacity)
  }

  deinit {
    unsafe records.deallocate()
    unsafe other.deallocate()
  }

  /// How many more it has room for.
  var room: Int { capacity - count }

  /// Adds `more`, for which there must be room.
  @unsafe
  func append(_ more: UnsafeBufferPointer<IndexRecord>) {
    precondition(more.count <= room)
    guard let base = more.baseAddress else { return }
    unsafe (records + count).initialize(from: base, count: more.count)
    count += more.count
  }

  /// Writes the records, sorted, to `file` as a run of partition `number`, and forgets them.
  func write(to file: SpillFile, _ number: Int) throws(SystemError) {
    defer { count = 0 }
    // Hashes are spread evenly: after 24 bits hardly two are left in the wrong order.
    if count > 64 { for shift in [UInt32(8), 16, 24] { distribute(by: shift) } }
    insert()
    try unsafe file.append(UnsafeBufferPointer(start: records, count: count), to: number)
  }

  /// One pass of a radix sort, by the byte of the hash's upper half at `shift`.
  private func distribute(by shift: UInt32) {
    unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { places in
      unsafe places.initialize(repeating: 0)
      for index in 0..<count {
        unsafe places[Int(records[index].high &>> shift & 0xFF)] &+= 1
      }
      var start = 0
      for digit in 0..<256 {
        let held = unsafe places[digit]
        unsafe places[digit] = start
        start += held
      }
      for index in 0..<count {
        let record = unsafe records[index]
        let digit = Int(record.high &>> shift & 0xFF)
        unsafe (other + places[digit]).initialize(to: record)
        unsafe places[digit] &+= 1
      }
    }
    unsafe swap(&records, &other)
  }

  private func insert() {
    guard count > 1 else { return }
    for index in 1..<count {
      let record = unsafe records[index]
      var place = index
      while place > 0, unsafe records[place - 1].bits > record.bits {
        unsafe records[place] = records[place - 1]
        place -= 1
      }
      if place != index { unsafe records[place] = record }
    }
  }
}
