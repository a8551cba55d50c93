/// A fast 64-bit hash whose key is drawn anew for every run.
///
/// Multiply-and-fold over 8-byte words, in the manner of wyhash. It is not cryptographic: the key
/// only keeps a prepared input from making every value collide, and the caller confirms
/// equal hashes on the real bytes.
public struct KeyedHash: Sendable {
  private let key0: UInt64
  private let key1: UInt64

  /// A hash with a random key.
  public init() {
    var generator = SystemRandomNumberGenerator()
    self.init(key: (generator.next(), generator.next()))
  }

  /// A hash with the given key.
  public init(key: (UInt64, UInt64)) {
    key0 = key.0
    key1 = key.1 | 1
  }

  /// The hash of `bytes` with ASCII letters in lower case, under `tag`.
  @inline(__always)
  public func foldingASCIICase(_ bytes: ByteView, tag: UInt64) -> UInt64 {
    hash(bytes, tag: tag) { Self.lowercased($0) }
  }

  /// The hash of `bytes` as they are, under `tag`.
  @inline(__always)
  public func exact(_ bytes: ByteView, tag: UInt64) -> UInt64 {
    hash(bytes, tag: tag) { $0 }
  }

  /// A short hash of `bytes`, which tells whether they are what they were.
  public func checksum(_ bytes: ByteView) -> UInt32 {
    UInt32(truncatingIfNeeded: exact(bytes, tag: 0))
  }

  @inline(__always)
  private func hash(_ bytes: ByteView, tag: UInt64, _ map: (UInt64) -> UInt64) -> UInt64 {
    var state = key0 ^ (tag &* 0x9E37_79B9_7F4A_7C15)
    let start = unsafe UnsafeRawPointer(bytes.unsafeBase)
    let count = bytes.count
    var index = 0
    while index &+ 8 < count {
      let word = unsafe (start + index).loadUnaligned(as: UInt64.self)
      state = Self.fold(state ^ map(word), key1)
      index &+= 8
    }
    let tail = unsafe Self.tail(start, count)
    state = Self.fold(state ^ map(tail), key1 ^ 0xA076_1D64_78BD_642F)
    return Self.fold(state ^ UInt64(count), key0 ^ 0xE703_7ED1_A0B4_28DB)
  }

  /// The last eight bytes, of which some may have been hashed already; fewer when there are fewer.
  ///
  /// Texts of one length with the same words have the same bytes, and the length is hashed as well.
  @inline(__always)
  private static func tail(_ start: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count >= 8 { return unsafe (start + (count &- 8)).loadUnaligned(as: UInt64.self) }
    if count >= 4 {
      let first = unsafe start.loadUnaligned(as: UInt32.self)
      let last = unsafe (start + (count &- 4)).loadUnaligned(as: UInt32.self)
      return UInt64(first) | UInt64(last) &<< 32
    }
    guard count > 0 else { return 0 }
    let first = unsafe UInt64(start.load(as: UInt8.self))
    let middle = unsafe UInt64(start.load(fromByteOffset: count &>> 1, as: UInt8.self))
    let last = unsafe UInt64(start.load(fromByteOffset: count &- 1, as: UInt8.self))
    return first | middle &<< 8 | last &<< 16
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  /// Eight bytes with ASCII capitals made small; bytes from 0x80 stay.
  @inline(__always)
  private static func lowercased(_ word: UInt64) -> UInt64 {
    let low = word & 0x7F7F_7F7F_7F7F_7F7F
    let atLeastA = low &+ 0x3F3F_3F3F_3F3F_3F3F
    let aboveZ = low &+ 0x2525_2525_2525_2525
    let isCapital = (atLeastA & ~aboveZ) & ~word & 0x8080_8080_8080_8080
    return word | isCapital &>> 2
  }
}
