import LibC

/// A password in memory of its own: locked out of swap where the system permits, wiped when it has
/// been used and at the latest when the last reference goes.
///
/// The caller should wipe the place that the bytes came from.
@safe
public final class LDAPSecret: @unchecked Sendable {
  // Written by `init` and `wipe` only; `wipe` and `withBytes` exclude each other by the lock.
  private let base: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var length: Int
  private let lock: UnsafeMutablePointer<pthread_mutex_t>

  /// A copy of `bytes`.
  public init(_ bytes: some Collection<UInt8>) {
    capacity = max(1, bytes.count)
    length = bytes.count
    unsafe base = .allocate(capacity: capacity)
    unsafe lock = .allocate(capacity: 1)
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(lock, nil)
    _ = unsafe mlock(base, capacity)
    var index = 0
    for byte in bytes {
      unsafe base[index] = byte
      index += 1
    }
  }

  /// Whether there is nothing in it (or nothing any more).
  public var isEmpty: Bool { unsafe withBytes { $0.isEmpty } }

  /// Overwrites the bytes; the secret is empty afterwards.
  public func wipe() {
    unsafe pthread_mutex_lock(lock)
    unsafe explicit_bzero(base, capacity)
    length = 0
    unsafe pthread_mutex_unlock(lock)
  }

  /// Runs `body` on the bytes, which must not leave it.
  func withBytes<R>(_ body: (UnsafeMutableBufferPointer<UInt8>) -> R) -> R {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return unsafe body(UnsafeMutableBufferPointer(start: base, count: length))
  }

  deinit {
    unsafe explicit_bzero(base, capacity)
    unsafe munlock(base, capacity)
    unsafe base.deallocate()
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }
}
