/// Memory for decoded values that live as long as one record is looked at.
///
/// Views handed out stay valid until `reset()`; blocks are kept for reuse, so that in the steady
/// state nothing is allocated. Not thread-safe: each worker has its own.
@safe
public final class ByteArena {
  @unsafe
  private struct Block {
    var base: UnsafeMutablePointer<UInt8>
    var capacity: Int
  }

  /// Where the next bytes go.
  private struct Cursor {
    var block = 0
    var used = 0
    /// Bytes of the blocks before.
    var before = 0
    /// Whether there are blocks that `reset()` gives back.
    var hasSurplus = false
  }

  private var blocks: [Block]
  // One variable: every access to one of a class is checked at run time.
  private var cursor = Cursor()
  private let blockSize: Int

  /// How many blocks are kept.
  private static let keptBlocks = 8
  /// The largest block that is kept, in bytes.
  private static let largestKept = 4 << 20

  /// An arena that grows by blocks of `blockSize` bytes.
  public init(blockSize: Int = 64 * 1024) {
    self.blockSize = blockSize
    unsafe blocks = []
  }

  deinit { release { _, _ in false } }

  /// Forgets everything handed out. What one unusually large record took is given back.
  public func reset() {
    assert(poison(from: 0, 0))
    let hasSurplus = cursor.hasSurplus
    cursor = Cursor()
    guard hasSurplus else { return }
    release { position, capacity in position < Self.keptBlocks && capacity <= Self.largestKept }
  }

  /// Overwrites what was handed out, so that a view which is used too late shows it: in debug builds.
  private func poison(from first: Int, _ used: Int) -> Bool {
    for index in unsafe blocks.indices.prefix(cursor.block + 1).dropFirst(first) {
      let block = unsafe blocks[index]
      let end = unsafe index == cursor.block ? cursor.used : block.capacity
      let start = index == first ? used : 0
      if start < end { unsafe (block.base + start).update(repeating: 0xAA, count: end - start) }
    }
    return true
  }

  /// Frees the blocks whose position and capacity do not satisfy `isKept`.
  private func release(_ isKept: (Int, Int) -> Bool) {
    unsafe blocks = unsafe blocks.enumerated().compactMap { position, block in
      if unsafe isKept(position, block.capacity) { return unsafe block }
      unsafe block.base.deallocate()
      return nil
    }
  }

  /// Where the next bytes go; what is handed out from here on can be forgotten by itself.
  public struct Mark: Sendable {
    fileprivate var block: Int
    fileprivate var used: Int
    fileprivate var before: Int
    /// Bytes in front of it, what lies unused between blocks included.
    public var bytes: Int { before + used }
  }

  /// The mark of what is handed out next.
  public var mark: Mark { Mark(block: cursor.block, used: cursor.used, before: cursor.before) }

  /// Forgets what was handed out since `mark` was taken; since then there was no `reset`.
  public func forget(from mark: Mark) {
    guard mark.block != cursor.block || mark.used != cursor.used else { return }
    assert(poison(from: mark.block, mark.used))
    cursor.block = mark.block
    cursor.used = mark.used
    cursor.before = mark.before
  }

  /// How much memory is held, in bytes.
  var heldBytes: Int { unsafe blocks.reduce(0) { unsafe $0 + $1.capacity } }

  /// Room for up to `capacity` bytes; `fill` writes them and returns how many there are.
  @inlinable
  public func make(
    capacity: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Int
  ) -> ByteView {
    let start = unsafe reserve(capacity)
    let count = unsafe fill(start)
    precondition(count <= capacity, "arena overrun")
    commit(count)
    return unsafe ByteView(base: UnsafePointer(start), count: count)
  }

  /// A copy of `bytes` that lives in the arena.
  public func copy(_ bytes: ByteView) -> ByteView {
    unsafe make(capacity: bytes.count) { target in
      unsafe target.update(from: bytes.unsafeBase, count: bytes.count)
      return bytes.count
    }
  }

  /// A copy of `bytes` that lives in the arena.
  public func copy(_ bytes: [UInt8]) -> ByteView { bytes.withByteView { copy($0) } }

  /// A copy of `bytes` that lives in the arena.
  public func copy(_ bytes: some Collection<UInt8>) -> ByteView {
    unsafe make(capacity: bytes.count) { target in
      var count = 0
      for byte in bytes {
        unsafe target[count] = byte
        count += 1
      }
      return count
    }
  }

  @usableFromInline
  func reserve(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
    var place = cursor
    while unsafe place.block < blocks.count {
      let block = unsafe blocks[place.block]
      if unsafe block.capacity - place.used >= capacity {
        cursor = place
        return unsafe block.base + place.used
      }
      unsafe place.before += block.capacity
      place.block += 1
      place.used = 0
    }
    let size = max(blockSize, capacity)
    unsafe blocks.append(Block(base: .allocate(capacity: size), capacity: size))
    if unsafe blocks.count > Self.keptBlocks || size > Self.largestKept { place.hasSurplus = true }
    cursor = place
    return unsafe blocks[place.block].base
  }

  @usableFromInline
  func commit(_ count: Int) { cursor.used += count }
}
