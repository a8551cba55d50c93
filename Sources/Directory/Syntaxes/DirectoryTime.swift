import Bytes

/// A moment in UTC, in steps of 100 nanoseconds since the beginning of 1601: what Active Directory's
/// large-integer times hold (MS-DTYP §2.3.3) and GeneralizedTime (RFC 4517 §3.3.13) is read into.
public struct DirectoryTime: Hashable, Comparable, Sendable {
  /// Steps of 100 nanoseconds since 1601-01-01 00:00:00 UTC.
  public let fileTime: Int64

  /// How many such steps a second has.
  public static let ticksPerSecond: Int64 = 10_000_000
  /// Seconds from 1601 to 1970.
  private static let unixOffset: Int64 = 11_644_473_600

  /// The parts of a moment in the Gregorian calendar, in UTC.
  public struct Components: Equatable, Sendable {
    /// 1 to 9999 and beyond.
    public var year: Int
    /// 1 to 12.
    public var month: Int
    /// 1 to 31.
    public var day: Int
    /// 0 to 23.
    public var hour: Int
    /// 0 to 59.
    public var minute: Int
    /// 0 to 59.
    public var second: Int
    /// 0 to 9,999,999 steps of 100 nanoseconds.
    public var tick: Int

    /// A moment with all its parts; they are not checked.
    public init(
      year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
      tick: Int = 0
    ) {
      self.year = year
      self.month = month
      self.day = day
      self.hour = hour
      self.minute = minute
      self.second = second
      self.tick = tick
    }
  }

  /// The moment `fileTime` steps after the beginning of 1601.
  public init(fileTime: Int64) { self.fileTime = fileTime }

  /// The moment `seconds` after the beginning of 1970; nil when it is too far away.
  public init?(unixSeconds seconds: Int64) {
    let (shifted, overflow) = seconds.addingReportingOverflow(DirectoryTime.unixOffset)
    let (ticks, more) = shifted.multipliedReportingOverflow(by: DirectoryTime.ticksPerSecond)
    guard !overflow, !more else { return nil }
    fileTime = ticks
  }

  /// The moment with these parts; nil when there is no such date or time.
  public init?(_ parts: Components) {
    guard parts.year >= 1, parts.year <= 9999, parts.month >= 1, parts.month <= 12,
      parts.day >= 1, parts.day <= DirectoryTime.daysIn(parts.month, of: parts.year),
      parts.hour >= 0, parts.hour < 24, parts.minute >= 0, parts.minute < 60,
      parts.second >= 0, parts.second < 60, parts.tick >= 0, parts.tick < 10_000_000
    else { return nil }
    let days = DirectoryTime.days(parts.year, parts.month, parts.day)
    let seconds = days * 86400 + Int64(parts.hour * 3600 + parts.minute * 60 + parts.second)
    fileTime = seconds * DirectoryTime.ticksPerSecond + Int64(parts.tick)
  }

  /// Whole seconds since 1970, rounded down.
  public var unixSeconds: Int64 {
    DirectoryTime.floor(fileTime, DirectoryTime.ticksPerSecond).quotient - DirectoryTime.unixOffset
  }

  /// The parts in UTC.
  public var components: Components {
    let (seconds, tick) = DirectoryTime.floor(fileTime, DirectoryTime.ticksPerSecond)
    let (days, rest) = DirectoryTime.floor(seconds, 86400)
    let (year, month, day) = DirectoryTime.date(days)
    return Components(
      year: year, month: month, day: day, hour: Int(rest / 3600), minute: Int(rest / 60 % 60),
      second: Int(rest % 60), tick: Int(tick))
  }

  /// `20261121091500.0Z`, as Active Directory writes it.
  public var generalizedTime: String {
    let parts = components
    var result: [UInt8] = []
    DirectoryTime.write(parts.year, 4, to: &result)
    for part in [parts.month, parts.day, parts.hour, parts.minute, parts.second] {
      DirectoryTime.write(part, 2, to: &result)
    }
    result.append(".0Z" as StaticString)
    return String(decoding: result, as: UTF8.self)
  }

  /// The earlier first.
  public static func < (left: DirectoryTime, right: DirectoryTime) -> Bool {
    left.fileTime < right.fileTime
  }

  private static func write(_ value: Int, _ width: Int, to result: inout [UInt8]) {
    let digits = String(value).utf8
    for _ in 0..<max(0, width - digits.count) { result.append(0x30) }
    result.append(contentsOf: digits)
  }
}

// MARK: - Calendar

extension DirectoryTime {
  private static func floor(
    _ value: Int64, _ divisor: Int64
  ) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  static func daysIn(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Days from 1601-01-01; years begin in March, so that the leap day is the last of its year.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = Int64(month <= 2 ? year - 1 : year)
    let (era, yearOfEra) = floor(shifted, 400)
    let dayOfYear = Int64((153 * ((month + 9) % 12) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    // 584,694 days lie between 0000-03-01, where era 0 begins, and 1601-01-01.
    return era * 146_097 + dayOfEra - 584_694
  }

  private static func date(_ days: Int64) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = floor(days + 584_694, 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5) + 1
    let month = Int(shiftedMonth) < 10 ? Int(shiftedMonth) + 3 : Int(shiftedMonth) - 9
    return (Int(era * 400 + yearOfEra) + (month <= 2 ? 1 : 0), month, day)
  }
}
