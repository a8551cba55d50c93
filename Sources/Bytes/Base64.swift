/// Base64 (RFC 4648 §4): padded, perhaps with line ends and blanks between.
public enum Base64 {
  /// What is passed over between the digits.
  public enum Skipped: Sendable {
    /// Line ends and blanks, as LDIF has them in a folded value.
    case folds
    /// Tabs too, as .NET does.
    case whiteSpace

    fileprivate var bytes: [Int] {
      self == .folds ? [0x0A, 0x0D, 0x20] : [0x09, 0x0A, 0x0D, 0x20]
    }
    fileprivate var table: [UInt8] { self == .folds ? Base64.folded : Base64.spaced }
  }

  private static let invalid: UInt8 = 0xFF
  private static let skip: UInt8 = 0xFE
  private static let padding: UInt8 = 0xFD

  /// Value of each byte: 0 to 63, or one of the marks above.
  private static let folded = values(.folds)
  private static let spaced = values(.whiteSpace)

  private static func values(_ skipped: Skipped) -> [UInt8] {
    var table = [UInt8](repeating: invalid, count: 256)
    for (value, byte) in ByteView(digits).enumerated() { table[Int(byte)] = UInt8(value) }
    for byte in skipped.bytes { table[byte] = skip }
    table[0x3D] = padding
    return table
  }

  /// The digits in order.
  static let digits: StaticString =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

  /// The decoded bytes of `text` in `arena`, or nil when it is not Base64.
  ///
  /// What `skipped` says is passed over inside, so that a folded value can be given as it is.
  public static func decode(
    _ text: ByteView, into arena: ByteArena, skipping skipped: Skipped = .folds
  ) -> ByteView? {
    var isValid = true
    let decoded = unsafe arena.make(capacity: text.count / 4 * 3 + 3) { target in
      let count = unsafe decode(text, skipped.table, to: target)
      isValid = count >= 0
      return max(count, 0)
    }
    return isValid ? decoded : nil
  }

  /// Writes the decoded bytes and returns their number, or -1.
  private static func decode(
    _ text: ByteView, _ values: [UInt8], to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    unsafe values.withUnsafeBufferPointer { table in
      let bytes = unsafe text.unsafeBase
      var accumulator: UInt32 = 0
      var digits = 0
      var pads = 0
      var written = 0
      var index = 0
      while index < text.count {
        if digits == 0, pads == 0,
          unsafe decodeGroups(text, table, to: target, from: &index, &written)
        {
          return written
        }
        let value = unsafe table[Int(bytes[index])]
        index &+= 1
        switch value {
        case skip: continue
        case invalid: return -1
        case padding:
          pads &+= 1
        default:
          if pads > 0 { return -1 }
          accumulator = accumulator &<< 6 | UInt32(value)
          digits &+= 1
        }
        if digits &+ pads == 4 {
          guard let count = unsafe flush(accumulator, pads: pads, to: target + written) else {
            return -1
          }
          written &+= count
          accumulator = 0
          digits = 0
          if pads > 0 { digits = -1 }
        }
        if digits < 0 { break }
      }
      if digits >= 0 { return digits == 0 && pads == 0 ? written : -1 }
      // After the padding only line ends may follow.
      return text.from(index).allSatisfy { unsafe table[Int($0)] == skip } ? written : -1
    }
  }

  /// Decodes four plain digits at once, which nearly all are; whether that was all of `text`.
  @inline(__always)
  private static func decodeGroups(
    _ text: ByteView, _ table: UnsafeBufferPointer<UInt8>,
    to target: UnsafeMutablePointer<UInt8>, from index: inout Int, _ written: inout Int
  ) -> Bool {
    let bytes = unsafe text.unsafeBase
    while index &+ 4 <= text.count {
      let a = unsafe table[Int(bytes[index])]
      let b = unsafe table[Int(bytes[index &+ 1])]
      let c = unsafe table[Int(bytes[index &+ 2])]
      let d = unsafe table[Int(bytes[index &+ 3])]
      if (a | b | c | d) & 0xC0 != 0 { break }
      let word = UInt32(a) &<< 18 | UInt32(b) &<< 12 | UInt32(c) &<< 6 | UInt32(d)
      // A fourth byte that the next group overwrites, or that is not read.
      unsafe UnsafeMutableRawPointer(target + written).storeBytes(
        of: (word &<< 8).bigEndian, as: UInt32.self)
      written &+= 3
      index &+= 4
    }
    if index >= text.count { return true }
    guard index &+ 4 == text.count,
      let count = unsafe end(bytes + index, table, to: target + written)
    else { return false }
    written &+= count
    return true
  }

  /// Writes the bytes of a last group with padding and returns their number; nil when it is another.
  @inline(__always)
  private static func end(
    _ group: UnsafePointer<UInt8>, _ table: UnsafeBufferPointer<UInt8>,
    to target: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    let a = unsafe table[Int(group[0])]
    let b = unsafe table[Int(group[1])]
    let c = unsafe table[Int(group[2])]
    guard (a | b) & 0xC0 == 0, unsafe table[Int(group[3])] == padding else { return nil }
    unsafe target[0] = a &<< 2 | b &>> 4
    if c == padding { return 1 }
    guard c & 0xC0 == 0 else { return nil }
    unsafe target[1] = b &<< 4 | c &>> 2
    return 2
  }

  /// Writes the last group, which has `pads` padding characters.
  private static func flush(
    _ accumulator: UInt32, pads: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    switch pads {
    case 0:
      unsafe target[0] = UInt8(truncatingIfNeeded: accumulator &>> 16)
      unsafe target[1] = UInt8(truncatingIfNeeded: accumulator &>> 8)
      unsafe target[2] = UInt8(truncatingIfNeeded: accumulator)
      return 3
    case 1:
      unsafe target[0] = UInt8(truncatingIfNeeded: accumulator &>> 10)
      unsafe target[1] = UInt8(truncatingIfNeeded: accumulator &>> 2)
      return 2
    case 2:
      unsafe target[0] = UInt8(truncatingIfNeeded: accumulator &>> 4)
      return 1
    default:
      return nil
    }
  }

  /// Whether `text` is Base64 with nothing but line ends and blanks between: whether `decode` makes
  /// anything of it, for much less.
  public static func isValid(_ text: ByteView) -> Bool {
    unsafe folded.withUnsafeBufferPointer { table in unsafe isValid(text, table) }
  }

  @unsafe
  private static func isValid(_ text: ByteView, _ table: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = unsafe text.unsafeBase
    var digits = 0
    var pads = 0
    var index = 0
    while index < text.count {
      if pads == 0 {
        let end = unsafe endOfDigits(text, from: index, table)
        digits &+= end &- index
        index = end
        if index == text.count { break }
      }
      switch unsafe table[Int(bytes[index])] {
      case skip: break
      case padding: pads &+= 1
      case invalid:
        // A tab may stand where a line goes on.
        guard unsafe bytes[index] == 0x09, index > 0, unsafe bytes[index &- 1] == 0x0A else {
          return false
        }
      default:
        guard pads == 0 else { return false }
        digits &+= 1
      }
      index &+= 1
    }
    return pads <= 2 && (digits &+ pads) & 3 == 0
  }

  /// The end of what is nothing but digits from `start` on, or a little before.
  @inline(__always)
  @unsafe
  private static func endOfDigits(
    _ text: ByteView, from start: Int, _ table: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let bytes = unsafe text.unsafeBase
    var index = start
    while index &+ 4 <= text.count {
      let some = unsafe table[Int(bytes[index])] | table[Int(bytes[index &+ 1])]
      let more = unsafe table[Int(bytes[index &+ 2])] | table[Int(bytes[index &+ 3])]
      if (some | more) & 0xC0 != 0 { break }
      index &+= 4
    }
    return index
  }

  /// `bytes` as Base64, without line ends.
  public static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var out = OutputBuffer()
    out.append(base64: Array(bytes).span)
    return out.bytes
  }
}
