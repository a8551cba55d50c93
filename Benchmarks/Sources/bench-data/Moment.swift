/// A time between 2005 and 2024.
struct Moment {
  private let year: Int
  private let month: Int
  private let day: Int
  private let second: Int

  init(_ random: inout SplitMix) {
    year = 2005 + random.below(20)
    month = 1 + random.below(12)
    day = 1 + random.below(28)
    second = random.below(86_400)
  }

  /// `20190312080711.0Z` (RFC 4517 §3.3.13, as Active Directory writes it).
  var generalizedTime: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(17)
    for (number, width) in [
      (year, 4), (month, 2), (day, 2), (second / 3600, 2), (second / 60 % 60, 2), (second % 60, 2),
    ] {
      var divisor = width == 4 ? 1000 : 10
      while divisor > 0 {
        text.append(UInt8(0x30 + number / divisor % 10))
        divisor /= 10
      }
    }
    text.append(contentsOf: [0x2E, 0x30, 0x5A])
    return text
  }

  /// 100 ns since 1601, near enough: months of 30.44 days.
  var fileTime: [UInt8] {
    let days = (year - 1601) * 36_524 / 100 + (month - 1) * 3044 / 100 + day
    return Array(String((days * 86_400 + second) * 10_000_000 + second * 97).utf8)
  }
}
