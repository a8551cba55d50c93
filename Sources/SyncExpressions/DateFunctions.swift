import Bytes

/// Functions on dates, which are FILETIMEs inside.
enum DateFunctions {
  static let all: [Function] = [
    Function("DateAdd", .one(.string), .one(.number), .one(.date), gives: .of(.date)) {
      interval, value, date, _ throws(EvaluationError) in
      guard let date = try date.date("DateAdd"), let value = try value.number("DateAdd") else {
        return .null
      }
      return .date(try add(try interval.text("DateAdd") ?? .empty, value, date))
    },
    Function("DateFromNum", .one(.number), gives: .of(.date)) {
      value, _ throws(EvaluationError) in
      guard let value = try value.number("DateFromNum") else { return .null }
      guard value >= 0, CalendarDate.range.contains(value) else {
        throw EvaluationError("DateFromNum: \(value) is not a date")
      }
      return .date(value)
    },
    Function("NumFromDate", .one(.date), gives: .of(.number)) {
      date, _ throws(EvaluationError) in
      guard let date = try date.date("NumFromDate") else { return .null }
      guard date >= 0 else { throw EvaluationError("NumFromDate: the date is before 1601") }
      return .number(date)
    },
    Function("FormatDateTime", .one(.date), .one(.string), gives: .of(.string)) {
      date, format, arena throws(EvaluationError) in
      guard let date = try date.date("FormatDateTime"),
        let format = try format.text("FormatDateTime")
      else { return .null }
      return .text(arena.copy(DateFormat.format(date, format)))
    },
  ]

  private static func add(
    _ interval: ByteView, _ value: Int64, _ date: Int64
  ) throws(EvaluationError) -> Int64 {
    let second = CalendarDate.ticksPerSecond
    let amount: (partialValue: Int64, overflow: Bool)
    switch interval.string {
    case "yyyy": return try addMonths(value, 12, date)
    case "q": return try addMonths(value, 3, date)
    case "m": return try addMonths(value, 1, date)
    case "y", "d", "w": amount = value.multipliedReportingOverflow(by: 86_400 * second)
    case "ww": amount = value.multipliedReportingOverflow(by: 7 * 86_400 * second)
    case "h": amount = value.multipliedReportingOverflow(by: 3600 * second)
    case "n": amount = value.multipliedReportingOverflow(by: 60 * second)
    case "s": amount = value.multipliedReportingOverflow(by: second)
    default:
      throw EvaluationError(
        "DateAdd: \(Quoted(interval)) is not an interval (yyyy, q, m, y, d, w, ww, h, n, s)")
    }
    let (sum, overflow) = date.addingReportingOverflow(amount.partialValue)
    guard !amount.overflow, !overflow, CalendarDate.range.contains(sum) else { throw outOfRange }
    return sum
  }

  /// Whole months; a day that the month lacks becomes its last.
  private static func addMonths(
    _ value: Int64, _ factor: Int64, _ date: Int64
  ) throws(EvaluationError) -> Int64 {
    guard value > -120_000, value < 120_000 else { throw outOfRange }
    var moment = CalendarDate(ticks: date)
    let months = moment.year * 12 + moment.month - 1 + value * factor
    guard months >= 12, months < 120_000 else { throw outOfRange }
    moment.year = months / 12
    moment.month = months % 12 + 1
    moment.day = min(moment.day, CalendarDate.length(ofMonth: moment.month, moment.year))
    return moment.ticks
  }

  private static var outOfRange: EvaluationError {
    EvaluationError("DateAdd: the result is not between the years 1 and 9999")
  }
}
