/// A fast 64-bit hash whose key is drawn anew for every run.
///
/// Multiply-and-fold over 8-byte words, in the manner of wyhash. It is not cryptographic: the key
/// only keeps a prepared input from making every value collide, and whoever uses it confirms
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

  @inline(__always)
  private func hash(_ bytes: ByteView, tag: UInt64, _ map: (UInt64) -> UInt64) -> UInt64 {
    var state = key0 ^ (tag &* 0x9E37_79B9_7F4A_7C15)
    let start = unsafe UnsafeRawPointer(bytes.unsafeBase)
    var index = 0
    while index &+ 8 <= bytes.count {
      let word = unsafe (start + index).loadUnaligned(as: UInt64.self)
      state = Self.fold(state ^ map(word), key1)
      index &+= 8
    }
    var tail: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count {
      tail |= unsafe UInt64(start.load(fromByteOffset: index, as: UInt8.self)) &<< shift
      shift &+= 8
      index &+= 1
    }
    state = Self.fold(state ^ map(tail), key1 ^ 0xA076_1D64_78BD_642F)
    return Self.fold(state ^ UInt64(bytes.count), key0 ^ 0xE703_7ED1_A0B4_28DB)
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
