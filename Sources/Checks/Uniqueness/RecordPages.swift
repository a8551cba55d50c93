import LibC

/// Pages of records, in memory that goes back to the system as soon as it is no longer needed:
/// small pieces that are freed the usual way stay with the process, beside what comes next.
@safe
final class RecordPages {
  /// Records in a page.
  let capacity: Int
  private var slabs: [UnsafeMutableRawPointer]
  private var left = 0
  private var next: UnsafeMutableRawPointer?

  private static let pagesPerSlab = 64

  /// Pages with room for `capacity` records each.
  init(capacity: Int) {
    self.capacity = capacity
    unsafe slabs = []
    unsafe next = nil
  }

  deinit { removeAll() }

  private var bytesPerPage: Int { capacity * MemoryLayout<IndexRecord>.stride }

  /// One more page.
  func make() -> UnsafeMutablePointer<IndexRecord> {
    if left == 0 { addSlab() }
    guard let page = unsafe next else { fatalError("a slab has no pages") }
    left -= 1
    unsafe next = page + bytesPerPage
    return unsafe page.bindMemory(to: IndexRecord.self, capacity: capacity)
  }

  private func addSlab() {
    let bytes = bytesPerPage * Self.pagesPerSlab
    let slab = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    guard let slab = unsafe slab, unsafe slab != MAP_FAILED else { fatalError("out of memory") }
    unsafe slabs.append(slab)
    unsafe next = slab
    left = Self.pagesPerSlab
  }

  /// Gives all pages back.
  func removeAll() {
    while let slab = unsafe slabs.popLast() {
      unsafe munmap(slab, bytesPerPage * Self.pagesPerSlab)
    }
    left = 0
  }
}
