import Bytes

/// .NET's custom date formats with the names of its invariant culture; times are UTC.
struct DateFormat {
  private static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private let moment: CalendarDate
  private var output: [UInt8] = []

  /// `ticks` as `format` says.
  static func format(_ ticks: Int64, _ format: ByteView) -> [UInt8] {
    let inRange = min(max(ticks, CalendarDate.range.lowerBound), CalendarDate.range.upperBound)
    var formatter = DateFormat(moment: CalendarDate(ticks: inRange))
    formatter.run(format)
    return formatter.output
  }

  private init(moment: CalendarDate) { self.moment = moment }

  private mutating func run(_ format: ByteView) {
    var index = 0
    while index < format.count {
      let byte = format[index]
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        index = quoted(format, from: index)
      case UInt8(ascii: "\\") where index + 1 < format.count:
        output.append(format[index + 1])
        index += 2
      default:
        var end = index + 1
        while end < format.count, format[end] == byte { end += 1 }
        if !field(byte, count: end - index) {
          output.append(contentsOf: repeatElement(byte, count: end - index))
        }
        index = end
      }
    }
  }

  private mutating func quoted(_ format: ByteView, from start: Int) -> Int {
    var index = start + 1
    while index < format.count, format[index] != format[start] {
      output.append(format[index])
      index += 1
    }
    return min(index + 1, format.count)
  }

  /// Adds a field such as `MM`; false when `letter` is not one.
  private mutating func field(_ letter: UInt8, count: Int) -> Bool {
    switch letter {
    case UInt8(ascii: "d"): name(Self.days[Int(moment.weekday)], moment.day, count)
    case UInt8(ascii: "M"): name(Self.months[Int(moment.month) - 1], moment.month, count)
    case UInt8(ascii: "y"): number(count <= 2 ? moment.year % 100 : moment.year, width: count)
    case UInt8(ascii: "H"): number(moment.hour, width: min(count, 2))
    case UInt8(ascii: "h"):
      number(moment.hour % 12 == 0 ? 12 : moment.hour % 12, width: min(count, 2))
    case UInt8(ascii: "m"): number(moment.minute, width: min(count, 2))
    case UInt8(ascii: "s"): number(moment.second, width: min(count, 2))
    case UInt8(ascii: "f"), UInt8(ascii: "F"): fraction(min(count, 7), trimmed: letter == 0x46)
    case UInt8(ascii: "t"):
      output.append(contentsOf: (moment.hour < 12 ? "AM" : "PM").utf8.prefix(count))
    case UInt8(ascii: "z"):
      output.append(contentsOf: (count == 1 ? "+0" : count == 2 ? "+00" : "+00:00").utf8)
    case UInt8(ascii: "K"): output.append(UInt8(ascii: "Z"))
    case UInt8(ascii: "g"): output.append(contentsOf: "A.D.".utf8)
    default: return false
    }
    return true
  }

  private mutating func name(_ name: String, _ value: Int64, _ count: Int) {
    if count <= 2 { return number(value, width: count) }
    output.append(contentsOf: count == 3 ? name.utf8.prefix(3) : name.utf8.prefix(name.utf8.count))
  }

  private mutating func number(_ value: Int64, width: Int) {
    let digits = String(value).utf8
    output.append(contentsOf: repeatElement(0x30, count: max(0, min(width, 16) - digits.count)))
    output.append(contentsOf: digits)
  }

  private mutating func fraction(_ count: Int, trimmed: Bool) {
    let all = Array(String(moment.fraction + CalendarDate.ticksPerSecond).utf8.dropFirst())
    var digits = all.prefix(count)
    if trimmed {
      while digits.last == 0x30 { digits.removeLast() }
    }
    output.append(contentsOf: digits)
  }
}
