/// What an index keeps of the hash of a value: the number of its partition and 52 bits more.
public struct KeptHash: Hashable, Sendable {
  private static let mask: UInt64 = 0xF_FFFF_FFFF_FFFF
  private static let shift: UInt64 = 56

  /// The partition, and below it the bits.
  private let word: UInt64

  /// What is kept of `hash`: its upper eight and its lower 52 bits.
  @inline(__always)
  public init(_ hash: UInt64) { word = hash & (0xFF &<< Self.shift | Self.mask) }

  /// The hash with `bits` in partition number `partition`.
  @inline(__always)
  init(partition: Int, bits: UInt64) { word = UInt64(partition) &<< Self.shift | bits }

  /// The number of the partition.
  @inline(__always)
  public var partition: Int { Int(word &>> Self.shift) }

  /// What tells it from others in its partition.
  @inline(__always)
  var bits: UInt64 { word & Self.mask }
}
