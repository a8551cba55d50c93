import Findings

/// What findings show of the holders of one value.
struct ShownGroup {
  /// The first holders, one more than a finding lists.
  var first: [Finding.Related]
  /// The person that each of them is.
  var persons: [Int]
  /// Those of them that a finding of somebody else lists.
  var ofOthers: [Finding.Related]
  /// By person, how many of the holders it is, where it is several.
  var ofSeveral: [Int: Int]

  /// A group of which `first` are shown.
  init(first: [Finding.Related], persons: [Int], ofSeveral: [Int: Int]) {
    self.first = first
    self.persons = persons
    self.ofSeveral = ofSeveral
    ofOthers = Array(first.prefix(Finding.maximumRelated))
  }

  /// What a finding of `person` lists.
  func listed(for person: Int) -> [Finding.Related] {
    // Mostly one array for all.
    guard persons.contains(person) else { return ofOthers }
    var listed: [Finding.Related] = []
    for (index, other) in persons.enumerated()
    where other != person && listed.count < Finding.maximumRelated {
      listed.append(first[index])
    }
    return listed
  }
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
