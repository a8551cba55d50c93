import Bytes

/// A label as the DNS has it: at most 63 bytes of ASCII in small letters, `xn--` and Punycode
/// (RFC 3492) when it was not ASCII. Lives on the stack.
///
/// Case is folded scalar by scalar; other steps of IDNA (RFC 5891), normalisation above all, are
/// not done: a decomposed label gives another A-label than the composed one.
struct ASCIILabel {
  private var bytes = InlineArray<63, UInt8>(repeating: 0)
  private(set) var count = 0

  /// The A-label for `label`; nil when it is longer than 63 bytes, or not UTF-8.
  init?(_ label: ByteView) {
    if UnicodeText.isASCII(label) {
      guard label.count <= 63 else { return nil }
      for index in 0..<label.count { bytes[index] = label[index].asciiLowercased }
      count = label.count
      return
    }
    // No label of more scalars fits, and Punycode takes quadratic time.
    guard label.count <= 63 * 4, encode(label) else { return nil }
  }

  /// The byte at `index`.
  subscript(index: Int) -> UInt8 { bytes[index] }

  private mutating func append(_ byte: UInt8) -> Bool {
    guard count < 63 else { return false }
    bytes[count] = byte
    count += 1
    return true
  }

  private mutating func encode(_ label: ByteView) -> Bool {
    var scalars = InlineArray<63, UInt32>(repeating: 0)
    var total = 0
    for byte in [UInt8(ascii: "x"), UInt8(ascii: "n"), UInt8(ascii: "-"), UInt8(ascii: "-")] {
      guard append(byte) else { return false }
    }
    for (_, element) in UnicodeText.elements(label) {
      guard let scalar = element.scalar, total < 63 else { return false }
      let small = UnicodeText.lowercase(scalar)
      scalars[total] = small.value
      total += 1
      if small.value < 0x80 {
        guard append(UInt8(truncatingIfNeeded: small.value)) else { return false }
      }
    }
    let basic = count - 4
    if basic > 0, !append(UInt8(ascii: "-")) { return false }
    return encodeDeltas(scalars, total, basic)
  }

  /// RFC 3492 §6.3.
  private mutating func encodeDeltas(
    _ scalars: InlineArray<63, UInt32>, _ total: Int, _ basic: Int
  ) -> Bool {
    var next: UInt32 = 0x80
    var delta = 0
    var bias = 72
    var handled = basic
    while handled < total {
      var least = UInt32.max
      for index in 0..<total where scalars[index] >= next { least = min(least, scalars[index]) }
      delta += Int(least - next) * (handled + 1)
      next = least
      for index in 0..<total {
        if scalars[index] < next { delta += 1 }
        guard scalars[index] == next else { continue }
        guard appendVariableLength(delta, bias) else { return false }
        bias = ASCIILabel.adapt(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return true
  }

  private mutating func appendVariableLength(_ delta: Int, _ bias: Int) -> Bool {
    var rest = delta
    var k = 36
    while true {
      let threshold = min(max(k - bias, 1), 26)
      if rest < threshold { return append(ASCIILabel.digit(rest)) }
      guard append(ASCIILabel.digit(threshold + (rest - threshold) % (36 - threshold))) else {
        return false
      }
      rest = (rest - threshold) / (36 - threshold)
      k += 36
    }
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? 0x61 + value : 0x30 + value - 26)
  }

  /// RFC 3492 §6.1.
  private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var rest = isFirst ? delta / 700 : delta / 2
    rest += rest / count
    var k = 0
    while rest > 455 {
      rest /= 35
      k += 36
    }
    return k + 36 * rest / (rest + 38)
  }
}
