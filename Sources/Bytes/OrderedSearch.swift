extension Array {
  /// The index of the last element for which `holds`, or nil when it does for none. It must hold for
  /// every element before one for which it does: half of those left are ruled out at each look.
  @inlinable
  public func lastIndexInOrder(where holds: (Element) -> Bool) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
