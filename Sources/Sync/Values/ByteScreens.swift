/// For each byte what it may be at fault with: one pass over a value's bytes then tells most checks
/// that they need not look.
public struct ByteScreens: Sendable {
  /// The bits that `add` gives out; those above are the scanner's own.
  static let capacity = 60

  /// By byte, the checks to which it may be at fault, a bit each.
  private(set) var table = [UInt64](repeating: 0, count: 256)
  private var used = 0

  /// A bit for a check that may fire only where some byte fails `mayFail`; 0, no filter, when there
  /// are too many.
  public mutating func add(_ mayFail: (UInt8) -> Bool) -> UInt64 {
    guard used < Self.capacity else { return 0 }
    let bit: UInt64 = 1 << UInt64(used)
    used += 1
    for byte in UInt8.min...UInt8.max where mayFail(byte) { table[Int(byte)] |= bit }
    return bit
  }
}
