import Bytes

extension DirectoryTime {
  /// The moment that a large-integer attribute (accountExpires, lastLogonTimestamp) holds; nil for
  /// 0 and 0x7FFFFFFFFFFFFFFF, which mean never, for negative numbers and for other text.
  public init?(fileTimeText text: ByteView) {
    guard let ticks = LDAPInteger.parse(text), ticks > 0, ticks < Int64.max else { return nil }
    self.init(fileTime: ticks)
  }

  /// The moment that a GeneralizedTime value (RFC 4517 §3.3.13) names: `20261121091500.0Z`,
  /// `2026112109Z`, `20261121101500,5+0100`. Minutes and seconds may be missing, the fraction
  /// belongs to the last part; the zone is required. Nil for anything else.
  public init?(generalizedTime text: ByteView) {
    guard text.count <= 64 else { return nil }
    var reader = DigitReader(bytes: text)
    guard let year = reader.number(4), let month = reader.number(2), let day = reader.number(2),
      let hour = reader.number(2)
    else { return nil }
    var unit = 3600 * DirectoryTime.ticksPerSecond
    var minute = 0
    var second = 0
    if let given = reader.number(2) {
      minute = given
      unit /= 60
      if let given = reader.number(2) {
        second = given
        unit /= 60
      }
    }
    guard let fraction = reader.fraction(of: unit), let zone = reader.zoneInMinutes(),
      // A leap second is the first moment of the next minute.
      second <= 60,
      let start = DirectoryTime(
        Components(
          year: year, month: month, day: day, hour: hour, minute: minute,
          second: min(second, 59)))
    else { return nil }
    let leap = second == 60 ? DirectoryTime.ticksPerSecond : 0
    let shift = Int64(zone) * 60 * DirectoryTime.ticksPerSecond
    self.init(fileTime: start.fileTime + leap + fraction - shift)
  }
}

private struct DigitReader {
  let bytes: ByteView
  var offset = 0

  /// The number in the next `count` digits; nil, without moving, when they are not all digits.
  mutating func number(_ count: Int) -> Int? {
    guard bytes.count - offset >= count else { return nil }
    var value = 0
    for index in offset..<offset + count {
      guard bytes[index].isASCIIDigit else { return nil }
      value = value * 10 + Int(bytes[index] - 0x30)
    }
    offset += count
    return value
  }

  /// `.5` of `unit` ticks; 0 when there is no fraction, nil when it has no digits.
  mutating func fraction(of unit: Int64) -> Int64? {
    guard offset < bytes.count,
      bytes[offset] == UInt8(ascii: ".") || bytes[offset] == UInt8(ascii: ",")
    else { return 0 }
    offset += 1
    let start = offset
    var value: Int64 = 0
    var scale: Int64 = 1
    while let digit = number(1) {
      // Eight digits are finer than a tick of a second and fit when multiplied by an hour's ticks.
      if scale < 100_000_000 {
        value = value * 10 + Int64(digit)
        scale *= 10
      }
    }
    guard offset > start else { return nil }
    return unit / scale * value + unit % scale * value / scale
  }

  /// `Z`, `+0100` or `-05`, and nothing after it.
  mutating func zoneInMinutes() -> Int? {
    guard offset < bytes.count else { return nil }
    let sign = bytes[offset]
    offset += 1
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") {
      return offset == bytes.count ? 0 : nil
    }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = number(2) else {
      return nil
    }
    let minutes = number(2) ?? 0
    guard offset == bytes.count, hours < 24, minutes < 60 else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }
}
