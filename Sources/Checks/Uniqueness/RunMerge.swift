import Bytes
import System

/// The records of a partition from all the runs that hold some, in the order of their hashes.
struct RunMerge: ~Copyable {
  private var cursors: [RunCursor] = []
  /// The numbers of the cursors that are not at their ends, the one with the lowest hash on top.
  private var heap: [(bits: UInt64, cursor: Int)] = []

  /// The most that is read at once, and the least, in records.
  private static let largestRead = 16 << 10
  private static let smallestRead = 256

  /// The records of partition `number` in `files`; `records` is how many may be in memory. Throws
  /// when a file cannot be read.
  init(_ files: [SpillFile], partition number: Int, records: Int) throws(SystemError) {
    let count = files.reduce(0) { $0 + $1.runs[number].count }
    let buffer = min(Self.largestRead, max(Self.smallestRead, records / max(1, count)))
    for file in files {
      for run in file.runs[number] {
        cursors.append(RunCursor(file, run, buffer: buffer))
      }
    }
    for index in cursors.indices {
      if let record = try cursors[index].next() { heads.append(record) } else { continue }
      heap.append((heads[heads.count - 1].bits, index))
    }
    heap.sort { $0.bits < $1.bits }
  }

  private var heads: [IndexRecord] = []

  /// The next record; nil at the end.
  mutating func next() throws(SystemError) -> IndexRecord? {
    guard let top = heap.first else { return nil }
    let record = heads[top.cursor]
    if let following = try cursors[top.cursor].next() {
      heads[top.cursor] = following
      heap[0].bits = following.bits
    } else if let last = heap.popLast(), !heap.isEmpty {
      heap[0] = last
    }
    sink()
    return record
  }

  /// Moves the top down to where it belongs.
  private mutating func sink() {
    guard let top = heap.first else { return }
    var place = 0
    while true {
      var child = place &* 2 &+ 1
      guard child < heap.count else { break }
      if child &+ 1 < heap.count, heap[child &+ 1].bits < heap[child].bits { child &+= 1 }
      guard heap[child].bits < top.bits else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = top
  }
}

/// A place in a run.
@safe
private final class RunCursor {
  private let file: SpillFile
  private var offset: Int
  private var unread: Int
  private let buffer: UnsafeMutablePointer<IndexRecord>
  private let capacity: Int
  private var index = 0
  private var count = 0

  init(_ file: SpillFile, _ run: SpillFile.Run, buffer capacity: Int) {
    self.file = file
    offset = run.offset
    unread = run.count
    self.capacity = min(capacity, max(1, run.count))
    unsafe buffer = .allocate(capacity: self.capacity)
  }

  deinit { unsafe buffer.deallocate() }

  @inline(__always)
  func next() throws(SystemError) -> IndexRecord? {
    if index == count {
      guard unread > 0 else { return nil }
      try fill()
    }
    defer { index &+= 1 }
    return unsafe buffer[index]
  }

  @inline(never)
  private func fill() throws(SystemError) {
    let wanted = min(unread, capacity)
    let got = try unsafe file.read(at: offset, count: wanted, into: buffer)
    guard got == wanted else {
      throw SystemError.endedEarly(operation: "read from the spool file")
    }
    offset += wanted * MemoryLayout<IndexRecord>.stride
    unread -= wanted
    index = 0
    count = wanted
  }
}
