import LibC
import Synchronization

/// The memory of a window that has held a very large block, kept for the next one: an object that is
/// so large is read again to explain what is wrong with it, and getting the memory anew, page by page,
/// takes as long as reading it.
enum LargeStorage {
  /// Memory that is not in use.
  @safe
  struct Spare: @unchecked Sendable {
    var base: UnsafeMutablePointer<UInt8>
    /// Bytes.
    var capacity: Int
  }

  /// What is smaller is not kept.
  private static let smallest = 4 << 20
  private static let spare = Mutex<Spare?>(nil)

  /// The spare memory, when there is some with at least `count` bytes; the caller owns it.
  static func take(atLeast count: Int) -> Spare? {
    guard count >= smallest else { return nil }
    return spare.withLock { spare in
      guard let held = spare, held.capacity >= count else { return nil }
      spare = nil
      return held
    }
  }

  /// Takes over memory that came from `malloc`: keeps the largest, frees the rest.
  static func give(back base: UnsafeMutablePointer<UInt8>, capacity: Int) {
    let own = unsafe Spare(base: base, capacity: capacity)
    let unwanted: Spare? = spare.withLock { spare in
      guard capacity >= smallest, capacity > spare?.capacity ?? 0 else { return own }
      let smaller = spare
      spare = own
      return smaller
    }
    if let unwanted { unsafe free(unwanted.base) }
  }
}
