/// The hash function BLAKE2b (RFC 7693) without a key, of 128 bits: what `b2sum -l 128` prints.
///
/// For naming things: it takes a quarter of the instructions of SHA-256, and nobody knows how to make two
/// messages with one hash.
public enum BLAKE2b {
  /// The 16 bytes of a hash.
  public struct Digest: Hashable, Sendable {
    let low: UInt64
    let high: UInt64

    /// The bytes in small hexadecimal digits, 32 of them.
    public var hexadecimal: String {
      unsafe String(unsafeUninitializedCapacity: 32) { target in
        for index in 0..<16 {
          let word = index < 8 ? low : high
          let byte = UInt8(truncatingIfNeeded: word &>> UInt64((index & 7) &* 8))
          unsafe target[2 &* index] = (byte &>> 4).asciiHexadecimalDigit
          unsafe target[2 &* index &+ 1] = (byte & 0xF).asciiHexadecimalDigit
        }
        return 32
      }
    }
  }

  /// Bytes of a block.
  private static let blockSize = 128
  /// The length of the hash in bytes, no key, neither fanout nor depth.
  private static let parameters: UInt64 = 0x0101_0010

  /// The hash of `bytes`.
  public static func hash(_ bytes: ByteView) -> Digest {
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 16) { block in
      var state = initial
      state[0] ^= parameters
      var done = 0
      while bytes.count - done > blockSize {
        unsafe load(bytes[done..<done + blockSize], into: block)
        done += blockSize
        unsafe compress(&state, block, count: done, isLast: false)
      }
      unsafe block.update(repeating: 0)
      unsafe load(bytes.from(done), into: block)
      unsafe compress(&state, block, count: bytes.count, isLast: true)
      return Digest(low: state[0], high: state[1])
    }
  }

  /// Copies up to a block's bytes.
  @inline(__always)
  @unsafe
  private static func load(_ bytes: ByteView, into block: UnsafeMutableBufferPointer<UInt64>) {
    unsafe UnsafeMutableRawBufferPointer(block).copyMemory(
      from: UnsafeRawBufferPointer(start: bytes.unsafeBase, count: bytes.count))
  }

  @unsafe
  private static func compress(
    _ state: inout SIMD8<UInt64>, _ block: UnsafeMutableBufferPointer<UInt64>, count: Int,
    isLast: Bool
  ) {
    guard let block = block.baseAddress else { return }
    var v = Work(state)
    v.d0 ^= UInt64(count)
    if isLast { v.d2 = ~v.d2 }
    // RFC 7693 §2.7: the order of the block's words in each round.
    unsafe v.round(block, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    unsafe v.round(block, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
    unsafe v.round(block, 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4)
    unsafe v.round(block, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8)
    unsafe v.round(block, 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13)
    unsafe v.round(block, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9)
    unsafe v.round(block, 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11)
    unsafe v.round(block, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10)
    unsafe v.round(block, 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5)
    unsafe v.round(block, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0)
    unsafe v.round(block, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    unsafe v.round(block, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
    state ^= v.folded
  }
}

/// The sixteen words that a block is mixed into, in four rows.
private struct Work {
  var (a0, a1, a2, a3): (UInt64, UInt64, UInt64, UInt64)
  var (b0, b1, b2, b3): (UInt64, UInt64, UInt64, UInt64)
  var (c0, c1, c2, c3): (UInt64, UInt64, UInt64, UInt64)
  var (d0, d1, d2, d3): (UInt64, UInt64, UInt64, UInt64)

  @inline(__always)
  init(_ state: SIMD8<UInt64>) {
    (a0, a1, a2, a3) = (state[0], state[1], state[2], state[3])
    (b0, b1, b2, b3) = (state[4], state[5], state[6], state[7])
    (c0, c1, c2, c3) = (initial[0], initial[1], initial[2], initial[3])
    (d0, d1, d2, d3) = (initial[4], initial[5], initial[6], initial[7])
  }

  /// What is mixed into the state in the end.
  var folded: SIMD8<UInt64> {
    SIMD8(a0 ^ c0, a1 ^ c1, a2 ^ c2, a3 ^ c3, b0 ^ d0, b1 ^ d1, b2 ^ d2, b3 ^ d3)
  }

  /// RFC 7693 §3.2: one round, which takes the words of `m` in the given order.
  @inline(__always)
  @unsafe
  mutating func round(
    _ m: UnsafeMutablePointer<UInt64>, _ s0: Int, _ s1: Int, _ s2: Int, _ s3: Int, _ s4: Int,
    _ s5: Int, _ s6: Int, _ s7: Int, _ s8: Int, _ s9: Int, _ s10: Int, _ s11: Int, _ s12: Int,
    _ s13: Int, _ s14: Int, _ s15: Int
  ) {
    unsafe mix(&a0, &b0, &c0, &d0, m[s0], m[s1])
    unsafe mix(&a1, &b1, &c1, &d1, m[s2], m[s3])
    unsafe mix(&a2, &b2, &c2, &d2, m[s4], m[s5])
    unsafe mix(&a3, &b3, &c3, &d3, m[s6], m[s7])
    unsafe mix(&a0, &b1, &c2, &d3, m[s8], m[s9])
    unsafe mix(&a1, &b2, &c3, &d0, m[s10], m[s11])
    unsafe mix(&a2, &b3, &c0, &d1, m[s12], m[s13])
    unsafe mix(&a3, &b0, &c1, &d2, m[s14], m[s15])
  }
}

/// RFC 7693 §3.1.
@inline(__always)
private func mix(
  _ a: inout UInt64, _ b: inout UInt64, _ c: inout UInt64, _ d: inout UInt64, _ first: UInt64,
  _ second: UInt64
) {
  a = a &+ b &+ UInt64(littleEndian: first)
  d = rotate(d ^ a, 32)
  c = c &+ d
  b = rotate(b ^ c, 24)
  a = a &+ b &+ UInt64(littleEndian: second)
  d = rotate(d ^ a, 16)
  c = c &+ d
  b = rotate(b ^ c, 63)
}

@inline(__always)
private func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
  word &>> bits | word &<< (64 &- bits)
}

/// RFC 7693 §2.6: what SHA-512 begins with.
private let initial = SIMD8<UInt64>(
  0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
  0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179)
