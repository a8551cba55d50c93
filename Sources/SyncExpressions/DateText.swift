import Bytes

/// Dates as CDate reads them: `2013-01-10`, `1/10/2013`, with a time (`4:00 PM`, `16:00:30.5`) and a
/// zone (`-8`, `+01:00`, `Z`); without a zone UTC.
struct DateText {
  private let text: ByteView
  private var index = 0

  private init(_ text: ByteView) { self.text = text }

  /// The ticks of 100 ns since 1601-01-01 UTC, or nil when `text` is not a date.
  static func parse(_ text: ByteView) -> Int64? {
    guard text.count <= 64 else { return nil }
    var reader = DateText(TextFunctions.trimEnd(TextFunctions.trimStart(text)))
    return reader.read()
  }

  private var next: UInt8? { index < text.count ? text[index] : nil }

  private mutating func accept(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() { while accept(" ") {} }

  private mutating func number(upTo limit: Int) -> Int64? {
    var value: Int64 = 0
    var digits = 0
    while let byte = next, byte >= 0x30, byte <= 0x39, digits < limit {
      value = value * 10 + Int64(byte - 0x30)
      digits += 1
      index += 1
    }
    return digits == 0 ? nil : value
  }

  private mutating func read() -> Int64? {
    guard var date = readDay() else { return nil }
    var zone: Int64 = 0
    if index < text.count {
      guard accept("T") || next == UInt8(ascii: " ") else { return nil }
      skipSpace()
      guard readTime(&date) else { return nil }
      skipSpace()
      guard let minutes = readZone() else { return nil }
      zone = minutes
    }
    guard index == text.count, date.isValid else { return nil }
    let ticks = date.ticks - zone * 60 * CalendarDate.ticksPerSecond
    return CalendarDate.range.contains(ticks) ? ticks : nil
  }

  private mutating func readDay() -> CalendarDate? {
    let start = index
    guard let first = number(upTo: 4) else { return nil }
    let digits = index - start
    if accept("-"), digits == 4 {
      guard let month = number(upTo: 2), accept("-"), let day = number(upTo: 2) else { return nil }
      return CalendarDate(year: first, month: month, day: day)
    }
    guard digits <= 2, accept("/"), let day = number(upTo: 2), accept("/"),
      let year = number(upTo: 4), year > 99
    else { return nil }
    return CalendarDate(year: year, month: first, day: day)
  }

  private mutating func readTime(_ date: inout CalendarDate) -> Bool {
    guard let hour = number(upTo: 2), accept(":"), let minute = number(upTo: 2) else {
      return false
    }
    date.hour = hour
    date.minute = minute
    if accept(":") {
      guard let second = number(upTo: 2) else { return false }
      date.second = second
      if accept(".") {
        let start = index
        guard var fraction = number(upTo: 7) else { return false }
        for _ in (index - start)..<7 { fraction *= 10 }
        date.fraction = fraction
      }
    }
    skipSpace()
    return readHalf(&date)
  }

  private mutating func readHalf(_ date: inout CalendarDate) -> Bool {
    guard index + 2 <= text.count, text[index + 1] | 0x20 == UInt8(ascii: "m") else { return true }
    let letter = text[index] | 0x20
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return true }
    guard (1...12).contains(date.hour) else { return false }
    date.hour = date.hour % 12 + (letter == UInt8(ascii: "p") ? 12 : 0)
    index += 2
    return true
  }

  /// Minutes east of Greenwich; 0 when there is no zone, nil when it is not one.
  private mutating func readZone() -> Int64? {
    if index == text.count || accept("Z") { return 0 }
    let isWest = next == UInt8(ascii: "-")
    guard isWest || next == UInt8(ascii: "+") else { return nil }
    index += 1
    guard let hours = number(upTo: 2) else { return nil }
    var minutes: Int64 = 0
    if accept(":") || next != nil {
      guard let value = number(upTo: 2) else { return nil }
      minutes = value
    }
    guard hours <= 14, minutes < 60 else { return nil }
    return (hours * 60 + minutes) * (isWest ? -1 : 1)
  }
}
