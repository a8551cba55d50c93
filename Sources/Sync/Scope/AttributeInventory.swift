import Directory

/// What a source carries: the needed attributes that at least one of its objects has.
public struct AttributeInventory: Sendable, Equatable {
  @usableFromInline var words: [UInt64]

  /// Nothing carried, of `count` attributes.
  public init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  /// Whether no object has any of them.
  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Whether some object has `attribute`.
  public func contains(_ attribute: AttributeID) -> Bool {
    words[Int(attribute.index) / 64] >> UInt64(attribute.index % 64) & 1 != 0
  }

  /// Notes that an object has `attribute`.
  @inlinable
  @inline(__always)
  public mutating func insert(_ attribute: AttributeID) {
    words[Int(attribute.index) / 64] |= 1 << UInt64(attribute.index % 64)
  }

  /// Notes that no object has `attribute` any more.
  package mutating func remove(_ attribute: AttributeID) {
    words[Int(attribute.index) / 64] &= ~(1 << UInt64(attribute.index % 64))
  }

  /// Takes over what `other` has.
  public mutating func formUnion(_ other: AttributeInventory) {
    for index in words.indices { words[index] |= other.words[index] }
  }
}
