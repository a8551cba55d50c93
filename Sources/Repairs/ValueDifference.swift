import Bytes

/// Finds which values a modify operation must delete and add.
enum ValueDifference {
  /// The change from one list of values to another, or nil when they are the same.
  ///
  /// Servers match values without regard to case and take the first that matches, so a change of
  /// one of two values that differ only in case could hit the other. All values that are equal
  /// without case to one that changes are therefore deleted and added again together.
  static func change(
    attribute: String, from old: [[UInt8]], to new: [[UInt8]]
  ) -> AttributeChange? {
    guard old != new else { return nil }
    let oldByText = Dictionary(grouping: old, by: folded)
    let newByText = Dictionary(grouping: new, by: folded)
    func isSame(_ text: [UInt8]) -> Bool {
      (oldByText[text] ?? []).sorted(by: precedes) == (newByText[text] ?? []).sorted(by: precedes)
    }
    let removed = old.filter { !isSame(folded($0)) }
    let added = new.filter { !isSame(folded($0)) }
    guard !removed.isEmpty || !added.isEmpty else { return nil }
    return AttributeChange(attribute: attribute, removed: removed, added: added)
  }

  private static func folded(_ value: [UInt8]) -> [UInt8] { value.map(\.asciiLowercased) }

  private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }
}
