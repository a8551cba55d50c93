import Bytes

/// Objects that hold one value.
public struct HolderGroup: Sendable {
  /// The hash under which the index has the value.
  package var hash: KeptHash
  /// In the order of their positions.
  public var holders: [Holder]

  /// The holder at `position`; a group may have as many holders as there are objects.
  public func holder(at position: Int) -> Holder? {
    guard let index = holders.lastIndexInOrder(where: { $0.position <= position }),
      holders[index].position == position
    else { return nil }
    return holders[index]
  }
}
