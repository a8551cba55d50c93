/// Objects of all forests that Connect would join into one person each.
public struct Persons: Sendable {
  /// By object, the number of its person: that of the first of the person's objects.
  private let numbers: [Int]

  /// An object, and what it may be joined by.
  public struct Member: Sendable {
    /// The forest's number.
    public var forest: Int
    /// The values by which it may be joined.
    public var keys: [JoinKey]

    /// A member with all its parts.
    public init(forest: Int, keys: [JoinKey]) {
      self.forest = forest
      self.keys = keys
    }
  }

  /// The persons that `members` are.
  ///
  /// Joins other than by SID are between forests. Where a forest has two objects with one key, which
  /// of them would be joined is not known: they stay what they are.
  public init(_ members: [Member]) {
    var sets = DisjointSets(count: members.count)
    var byKey: [JoinKey: [Int]] = [:]
    for (index, member) in members.enumerated() {
      for key in member.keys { byKey[key, default: []].append(index) }
    }
    for (key, holders) in byKey where holders.count > 1 {
      let forests = Dictionary(grouping: holders) { members[$0].forest }
      let joined =
        key.kind == JoinKey.sidKind
        ? holders : holders.filter { forests[members[$0].forest]?.count == 1 }
      for holder in joined.dropFirst() { sets.join(joined[0], holder) }
    }
    numbers = members.indices.map { sets.root($0) }
  }

  /// The number of the person that object `index` is part of.
  public subscript(index: Int) -> Int { numbers[index] }
}

/// Numbers from 0 in sets that are joined two by two; the least of a set stands for it.
private struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func root(_ start: Int) -> Int {
    var index = start
    while parents[index] != index {
      parents[index] = parents[parents[index]]
      index = parents[index]
    }
    return index
  }

  mutating func join(_ left: Int, _ right: Int) {
    let (left, right) = (root(left), root(right))
    parents[max(left, right)] = min(left, right)
  }
}
