import Bytes
import Directory

/// The direct members of the groups that filter what Entra Connect synchronizes of a forest.
///
/// Microsoft, "Entra Connect Sync: Configure filtering", group-based filtering: all objects to be
/// synchronized must be direct members; the members of a group in it are none.
public final class DirectMembers: Sendable {
  private struct Member {
    var hash: UInt64
    var start: Int
    var count: Int
  }

  private let hash: KeyedHash
  /// The names one after the other, and where each is, by hash.
  private let text: [UInt8]
  private let members: [Member]

  /// How many there are.
  public var count: Int { members.count }

  /// The members called `names`, which are normalised DNs; one that comes again counts once.
  public init(_ names: Set<[UInt8]>) {
    let hash = KeyedHash()
    var text: [UInt8] = []
    var members: [Member] = []
    for name in names {
      let number = name.withByteView { hash.exact($0, tag: 0) }
      members.append(Member(hash: number, start: text.count, count: name.count))
      text += name
    }
    self.hash = hash
    self.text = text
    self.members = members.sorted { $0.hash < $1.hash }
  }

  /// The number of the member called `name`, a normalised DN; nil when it is none.
  func index(of name: ByteView) -> Int? {
    let wanted = hash.exact(name, tag: 0)
    guard var index = members.lastIndexInOrder(where: { $0.hash <= wanted }) else { return nil }
    while members[index].hash == wanted {
      let member = members[index]
      let isSame = text.withByteView { $0[member.start..<member.start + member.count] == name }
      if isSame { return index }
      guard index > 0 else { return nil }
      index -= 1
    }
    return nil
  }
}
