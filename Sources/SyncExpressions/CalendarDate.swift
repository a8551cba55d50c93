/// A moment in the Gregorian calendar, UTC, and its FILETIME: ticks of 100 ns since 1601-01-01.
struct CalendarDate: Equatable {
  static let ticksPerSecond: Int64 = 10_000_000
  static let ticksPerDay: Int64 = 86_400 * ticksPerSecond
  /// The first tick of year 1 and the last of year 9999, .NET's range.
  static let range: ClosedRange<Int64> =
    -584_388 * ticksPerDay...(3_067_671 * ticksPerDay - 1)

  var year: Int64
  var month: Int64
  var day: Int64
  var hour: Int64 = 0
  var minute: Int64 = 0
  var second: Int64 = 0
  var fraction: Int64 = 0

  /// Days since 1601-01-01 of a date; months beyond 1...12 are not expected.
  static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    // Years start in March here, so that the leap day is the last.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 584_694
  }

  static func isLeap(_ year: Int64) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  static func length(ofMonth month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The moment of a FILETIME inside `range`.
  init(ticks: Int64) {
    var days = ticks / Self.ticksPerDay
    var rest = ticks % Self.ticksPerDay
    if rest < 0 {
      rest += Self.ticksPerDay
      days -= 1
    }
    let shifted = days + 584_694
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    fraction = rest % Self.ticksPerSecond
    let seconds = rest / Self.ticksPerSecond
    hour = seconds / 3600
    minute = seconds / 60 % 60
    second = seconds % 60
  }

  /// The FILETIME.
  var ticks: Int64 {
    let seconds = hour * 3600 + minute * 60 + second
    return Self.days(year, month, day) * Self.ticksPerDay + seconds * Self.ticksPerSecond + fraction
  }

  /// 0 for Sunday.
  var weekday: Int64 {
    // 1601-01-01 was a Monday.
    let remainder = (Self.days(year, month, day) + 1) % 7
    return remainder < 0 ? remainder + 7 : remainder
  }

  /// Whether all parts are in their ranges.
  var isValid: Bool {
    (1...9999).contains(year) && (1...12).contains(month) && day >= 1
      && day <= Self.length(ofMonth: month, year) && (0..<24).contains(hour)
      && (0..<60).contains(minute) && (0..<60).contains(second)
  }
}
