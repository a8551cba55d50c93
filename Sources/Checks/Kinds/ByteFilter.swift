/// The single bytes that tell whether a check need look at a value.
struct ByteFilter {
  /// The check's bit in `ScannedValue.suspects`; 0 when it must look at every value.
  var bit: UInt64 = 0
  /// Whether a `type:` prefix by itself could be at fault, which the bit does not show.
  var concernsPrefix = false
}
