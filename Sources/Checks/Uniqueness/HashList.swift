/// The hashes of one object's values, reused from object to object.
///
/// Objects have a handful of values: those are compared with each other; a group with a hundred
/// thousand addresses is sorted instead.
@safe
final class HashList {
  private static let few = 64

  private var storage: UnsafeMutablePointer<UInt64>
  private var capacity = 64
  /// How many there are.
  private(set) var count = 0

  init() { unsafe storage = .allocate(capacity: 64) }

  deinit { unsafe storage.deallocate() }

  @inline(__always)
  func removeAll() { count = 0 }

  @inline(__always)
  func append(_ hash: UInt64) {
    if count == capacity { grow() }
    unsafe storage[count] = hash
    count &+= 1
  }

  @inline(never)
  private func grow() {
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2)
    unsafe larger.initialize(from: storage, count: count)
    unsafe storage.deallocate()
    unsafe storage = larger
    capacity *= 2
  }

  /// Hands each hash to `body` once, however often it was added.
  @inline(__always)
  func forEachOnce(_ body: (UInt64) -> Void) {
    if count > Self.few {
      var all = unsafe UnsafeMutableBufferPointer(start: storage, count: count)
      unsafe all.sort()
    }
    for number in 0..<count {
      let hash = unsafe storage[number]
      if !isRepeated(hash, number) { body(hash) }
    }
  }

  @inline(__always)
  private func isRepeated(_ hash: UInt64, _ number: Int) -> Bool {
    if count > Self.few {
      guard number > 0 else { return false }
      return unsafe storage[number - 1] == hash
    }
    for earlier in 0..<number where unsafe storage[earlier] == hash { return true }
    return false
  }
}
