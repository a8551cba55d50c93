import Findings

/// What findings show of the holders of one value.
struct ShownGroup {
  /// The first holders.
  var first: [(person: Int, related: Finding.Related)]
  /// By person, how many of the holders it is, where it is several.
  var ofSeveral: [Int: Int]
}

/// What findings show of groups whose findings are being explained: the holders of a value mostly lie near
/// each other.
struct ShownGroups {
  /// Holders that are kept at the same time; each takes some hundred bytes.
  private static let capacity = 4096

  private var groups: [Int: ShownGroup] = [:]
  private var holders = 0

  /// What is shown of group number `number`; nil where that is not known.
  func group(_ number: Int) -> ShownGroup? { groups[number] }

  /// Keeps what is shown of group number `number`.
  mutating func keep(_ group: ShownGroup, of number: Int) {
    if holders + group.first.count > Self.capacity {
      groups = [:]
      holders = 0
    }
    groups[number] = group
    holders += group.first.count
  }
}
