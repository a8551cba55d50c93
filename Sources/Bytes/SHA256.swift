/// The hash function SHA-256 (FIPS 180-4), fed piece by piece.
///
/// A value type without heap memory: hashing a message allocates nothing but the result's text.
/// For naming things, not for secrets: it makes no promise about timing.
public struct SHA256: Sendable {
  /// The 32 bytes of a hash.
  public struct Digest: Hashable, Sendable {
    /// The eight words of the result, most significant first.
    public let words: SIMD8<UInt32>

    /// The bytes, most significant first.
    public var bytes: [UInt8] {
      (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 4] >> UInt32(24 - $0 % 4 * 8)) }
    }

    /// The first `bits` bits in small hexadecimal digits; `bits` is a multiple of 8, at most 256.
    public func hexadecimal(bits: Int = 256) -> String {
      precondition(bits >= 0 && bits <= 256 && bits % 8 == 0, "bits must be whole bytes")
      return unsafe String(unsafeUninitializedCapacity: bits / 4) { target in
        var rest: UInt32 = 0
        for digit in 0..<bits / 4 {
          if digit & 7 == 0 { rest = words[digit / 8] }
          let nibble = UInt8(truncatingIfNeeded: rest &>> 28)
          unsafe target[digit] = nibble < 10 ? 0x30 + nibble : 0x57 + nibble
          rest = rest &<< 4
        }
        return bits / 4
      }
    }
  }

  private static let initial = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)

  private var state = SHA256.initial
  /// The bytes of the block that is not full yet, as big-endian words.
  private var block = InlineArray<16, UInt32>(repeating: 0)
  /// How many bytes have been taken in all.
  private var length: UInt64 = 0

  /// A hash of nothing yet.
  public init() {}

  /// The hash of `bytes`.
  public static func hash(_ bytes: ByteView) -> Digest {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher.finalize()
  }

  /// Takes one more byte.
  @inline(__always)
  public mutating func update(_ byte: UInt8) {
    let place = Int(truncatingIfNeeded: length & 63)
    let word = place >> 2
    // A block's words are overwritten from their first byte on, so nothing has to be cleared.
    block[word] = (place & 3 == 0 ? 0 : block[word] << 8) | UInt32(byte)
    length &+= 1
    if place == 63 { compress() }
  }

  /// Takes more bytes.
  public mutating func update(_ bytes: ByteView) {
    bytes.withSpan { span in
      var index = 0
      while index < span.count, length & 3 != 0 {
        update(span[index])
        index += 1
      }
      while span.count - index >= 4 {
        block[Int(truncatingIfNeeded: length & 63) / 4] =
          unsafe UInt32(
            bigEndian: UnsafeRawPointer(bytes.unsafeBase + index).loadUnaligned(as: UInt32.self))
        length &+= 4
        index += 4
        if length & 63 == 0 { compress() }
      }
      while index < span.count {
        update(span[index])
        index += 1
      }
    }
  }

  /// Takes the bytes of a literal.
  public mutating func update(_ literal: StaticString) { update(ByteView(literal)) }

  /// Takes the eight bytes of `number`, most significant first; for lengths before fields.
  public mutating func update(bigEndian number: UInt64) {
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      update(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// The hash of everything taken. The hasher itself stays as it is and can go on.
  public func finalize() -> Digest {
    var copy = self
    let bits = length &* 8
    copy.update(0x80)
    copy.pad()
    copy.block[14] = UInt32(truncatingIfNeeded: bits >> 32)
    copy.block[15] = UInt32(truncatingIfNeeded: bits)
    copy.compress()
    return Digest(words: copy.state)
  }

  /// Fills up with zeros to where the length stands, in the next block if need be.
  private mutating func pad() {
    while length & 3 != 0 { update(0) }
    var word = Int(truncatingIfNeeded: length & 63) / 4
    // After a full block, whose words are still there, the next one is all zeros.
    if word > 14 {
      block[15] = 0
      compress()
      word = 0
    }
    while word < 14 {
      block[word] = 0
      word += 1
    }
  }

  private mutating func compress() {
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
      unsafe schedule(words)
      var a = state[0]
      var b = state[1]
      var c = state[2]
      var d = state[3]
      var e = state[4]
      var f = state[5]
      var g = state[6]
      var h = state[7]
      var index = 0
      // Eight rounds at a time: each leaves the variables one place further on.
      while index < 64 {
        unsafe round(a, b, c, &d, e, f, g, &h, words[index])
        unsafe round(h, a, b, &c, d, e, f, &g, words[index &+ 1])
        unsafe round(g, h, a, &b, c, d, e, &f, words[index &+ 2])
        unsafe round(f, g, h, &a, b, c, d, &e, words[index &+ 3])
        unsafe round(e, f, g, &h, a, b, c, &d, words[index &+ 4])
        unsafe round(d, e, f, &g, h, a, b, &c, words[index &+ 5])
        unsafe round(c, d, e, &f, g, h, a, &b, words[index &+ 6])
        unsafe round(b, c, d, &e, f, g, h, &a, words[index &+ 7])
        index &+= 8
      }
      state = state &+ SIMD8(a, b, c, d, e, f, g, h)
    }
  }

  /// Fills `words` with what each round adds: its word of the block's expansion and its constant.
  @unsafe
  private func schedule(_ words: UnsafeMutableBufferPointer<UInt32>) {
    for index in 0..<16 { unsafe words[index] = block[index] }
    for index in 16..<64 {
      let near = unsafe words[index &- 15]
      let far = unsafe words[index &- 2]
      let s0 = rotate(near, 7) ^ rotate(near, 18) ^ (near &>> 3)
      let s1 = rotate(far, 17) ^ rotate(far, 19) ^ (far &>> 10)
      unsafe words[index] = words[index &- 16] &+ s0 &+ words[index &- 7] &+ s1
    }
    for index in 0..<64 { unsafe words[index] &+= roundConstants[index] }
  }
}

/// One round; what of it the next round has in another place changes in place.
@inline(__always)
private func round(
  _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
  _ g: UInt32, _ h: inout UInt32, _ word: UInt32
) {
  let s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
  let choice = g ^ (e & (f ^ g))
  let first = h &+ s1 &+ choice &+ word
  let s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
  let majority = (a & b) ^ (c & (a ^ b))
  d = d &+ first
  h = first &+ s0 &+ majority
}

@inline(__always)
private func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 {
  word &>> bits | word &<< (32 &- bits)
}

/// FIPS 180-4 §4.2.2: fractions of the cube roots of the first 64 primes.
private let roundConstants: InlineArray<64, UInt32> = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
  0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
  0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
  0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
  0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
  0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
  0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
  0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
  0xc671_78f2,
]
