import ArgumentParser

/// An amount of memory as an argument: 256M, 2G, 800000K.
struct MemoryArgument: ExpressibleByArgument {
  var bytes: Int

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    let unit = argument.dropFirst(digits.count).uppercased()
    // 1024 of each make one of the next, as programs that take such arguments have it.
    let shifts = ["": 0, "K": 10, "M": 20, "G": 30, "T": 40]
    guard let number = Int(digits), let shift = shifts[unit], number <= Int.max >> shift else {
      return nil
    }
    bytes = number << shift
  }

  /// `bytes` in whole MiB, rounded up, as an argument.
  static func text(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20)M" }
}
