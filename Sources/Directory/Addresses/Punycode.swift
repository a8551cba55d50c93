import Bytes

/// A label as the DNS has it: at most 63 bytes of ASCII in small letters, `xn--` and Punycode
/// (RFC 3492) when it was not ASCII, mapped as `LabelMapping` says. Lives on the stack.
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
    // No label of more scalars fits, of which a composed one may stand for four.
    guard label.count <= 63 * 16, encode(label) else { return nil }
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
    // Punycode takes quadratic time.
    guard let mapped = LabelMapping.scalars(label), (1...63).contains(mapped.count) else {
      return false
    }
    let isEncoded = !mapped.allSatisfy(\.isASCII)
    if isEncoded {
      for byte in [UInt8(ascii: "x"), UInt8(ascii: "n"), UInt8(ascii: "-"), UInt8(ascii: "-")] {
        _ = append(byte)
      }
    }
    var scalars = InlineArray<63, UInt32>(repeating: 0)
    for (index, scalar) in mapped.enumerated() {
      scalars[index] = scalar.value
      guard !scalar.isASCII || append(UInt8(truncatingIfNeeded: scalar.value)) else {
        return false
      }
    }
    guard isEncoded else { return true }
    let basic = count - 4
    if basic > 0, !append(UInt8(ascii: "-")) { return false }
    return encodeDeltas(scalars, mapped.count, basic)
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

extension ASCIILabel {
  /// Whether `label`, which is ASCII and begins with `xn--`, is the A-label of a label in Unicode: what
  /// it stands for may be in a host name, and gives the same A-label.
  static func isALabel(_ label: ByteView) -> Bool {
    guard label.count <= 63, let scalars = decode(label.from(4)) else { return false }
    var text: [UInt8] = []
    for scalar in scalars {
      guard scalar.isASCII || Domain.isInternationalScalar(scalar) else { return false }
      text += Array(String(scalar).utf8)
    }
    guard let again = text.withByteView({ ASCIILabel($0) }) else { return false }
    return again.count == label.count
      && (0..<again.count).allSatisfy { again[$0] == label[$0].asciiLowercased }
  }

  /// The scalars that `text`, without `xn--`, stands for (RFC 3492 §6.2); nil when it stands for none.
  private static func decode(_ text: ByteView) -> [Unicode.Scalar]? {
    let basic = text.lastIndex(of: UInt8(ascii: "-")) ?? 0
    var scalars = text.upTo(basic).map { Unicode.Scalar($0.asciiLowercased) }
    var index = basic > 0 ? basic + 1 : basic
    var (next, place, bias) = (0x80, 0, 72)
    while index < text.count {
      let former = place
      guard decodeDelta(text, &index, &place, bias) else { return nil }
      let count = scalars.count + 1
      bias = adapt(place - former, count, isFirst: former == 0)
      next += place / count
      place %= count
      guard let scalar = UInt32(exactly: next).flatMap({ Unicode.Scalar($0) }) else { return nil }
      scalars.insert(scalar, at: place)
      place += 1
    }
    return scalars
  }

  /// Adds the number that stands at `index` to `place`.
  private static func decodeDelta(
    _ text: ByteView, _ index: inout Int, _ place: inout Int, _ bias: Int
  ) -> Bool {
    var weight = 1
    var k = 36
    while index < text.count {
      guard let digit = value(ofDigit: text[index]) else { return false }
      index += 1
      place += digit * weight
      // No scalar of a label of 63 has a larger number.
      guard place <= 0x110000 * 64 else { return false }
      let threshold = min(max(k - bias, 1), 26)
      if digit < threshold { return true }
      weight *= 36 - threshold
      // Zeros add nothing, however much they weigh.
      guard weight <= 0x110000 * 64 else { return false }
      k += 36
    }
    return false
  }

  private static func value(ofDigit byte: UInt8) -> Int? {
    switch byte.asciiLowercased {
    case let letter where letter.isASCIILetter: Int(letter) - 0x61
    case let digit where digit.isASCIIDigit: Int(digit) - 0x30 + 26
    default: nil
    }
  }
}
