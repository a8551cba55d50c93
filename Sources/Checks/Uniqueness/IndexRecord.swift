/// One value that should be unique: its hash and where its object is.
///
/// Twelve bytes: 52 bits of the hash (8 more are the number of the partition) and 44 bits of the
/// object's position in the run, 16 TB.
struct IndexRecord {
  /// The upper 32 bits of the hash that is kept.
  let high: UInt32
  private let middle: UInt32
  private let low: UInt32

  @inline(__always)
  init(bits: UInt64, position: Int) {
    let position = UInt64(position)
    high = UInt32(truncatingIfNeeded: bits &>> 20)
    middle =
      UInt32(truncatingIfNeeded: bits & 0xF_FFFF) &<< 12
      | UInt32(truncatingIfNeeded: position &>> 32)
    low = UInt32(truncatingIfNeeded: position)
  }

  /// The bits of its `KeptHash`.
  @inline(__always)
  var bits: UInt64 { UInt64(high) &<< 20 | UInt64(middle &>> 12) }

  /// The object's position in the run.
  @inline(__always)
  var position: Int { Int(UInt64(middle & 0xFFF) &<< 32 | UInt64(low)) }
}
