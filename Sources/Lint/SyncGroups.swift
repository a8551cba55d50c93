import Bytes
import Directory
import Findings
import LDIF
import Sync

/// A group whose direct members alone are synchronized (`--sync-group`).
public struct SyncGroup: Sendable {
  /// Its DN.
  public var dn: String
  /// The forest that it filters; nil for each that has no group of its own.
  public var forest: String?

  /// The group called `dn` of `forest`.
  public init(dn: String, forest: String? = nil) {
    self.dn = dn
    self.forest = forest
  }
}

/// Who may be synchronized by the groups that the user named.
struct SyncFilter: Sendable {
  /// The members of all groups that filter the same sources.
  var members: [DirectMembers] = []
  /// By source, the number of its members; nil where no group filters.
  var numbers: [Int?]
  /// What keeps the groups from being known.
  var problems: [Problem] = []

  /// The members that filter source number `source`.
  func members(of source: Int) -> DirectMembers? { numbers[source].map { members[$0] } }
}

/// Looks through all sources for groups and their members.
struct SyncGroupSweep {
  private let context: RunContext
  private let groups: [SyncGroup]
  /// The groups' normalised names.
  private let names: [[UInt8]]

  /// One record of a group.
  private struct Found: Sendable {
    var group: Int
    var source: Int
    var offset: Int
    var changed: String
    var members: Set<[UInt8]>
    var isPartial: Bool
  }

  init(_ context: RunContext) {
    self.context = context
    groups = context.options.syncGroups
    names = groups.map { DistinguishedName.key(of: Array($0.dn.utf8)) }
  }

  /// The filter that the groups make.
  func filter() -> SyncFilter {
    let found = sweep()
    var filter = SyncFilter(numbers: context.sources.map { _ in nil })
    var byForest: [String?: Set<[UInt8]>] = [:]
    for (number, group) in groups.enumerated() {
      let records = found.filter { $0.group == number }
      // Of several records of one group the one that was changed last counts.
      let counted = records.max {
        ($0.changed, $1.source, $1.offset) < ($1.changed, $0.source, $0.offset)
      }
      byForest[group.forest, default: []].formUnion(counted?.members ?? [])
      if let problem = problem(group, counted) { filter.problems.append(problem) }
    }
    var numbers: [String?: Int] = [:]
    for (forest, members) in byForest {
      numbers[forest] = filter.members.count
      filter.members.append(DirectMembers(members))
    }
    filter.numbers = context.sources.map { numbers[$0.forest] ?? numbers[nil] }
    return filter
  }

  /// What is wrong with what was found of `group`.
  private func problem(_ group: SyncGroup, _ found: Found?) -> Problem? {
    let text: String
    if let found {
      guard found.isPartial || found.members.isEmpty else { return nil }
      text =
        found.isPartial
        ? "only a part of its members is there; export all of them, without a range"
        : "no members of it are there: export the attribute member as well, or fill the group"
    } else {
      text =
        "that group is in no source\(group.forest.map { " of \($0)" } ?? ""), so nobody is its member"
    }
    var problem = Problem(
      kind: .incomplete, message: "--sync-group: \(text)",
      source: found.map { context.sources[$0.source].name })
    problem.dn = group.dn
    return problem
  }

  // MARK: Reading

  private func sweep() -> [Found] {
    var table = AttributeTable()
    let (member, changed) = (table.need("member"), table.need("whenChanged"))
    let parts = context.sweep(table, from: [Found]()) { found, entry, source, offset, remarks in
      for group in groups(entry.dn, source, entry.arena) {
        found.append(
          Found(
            group: group, source: source, offset: offset,
            changed: entry.first(changed)?.string ?? "", members: Self.names(entry, member),
            isPartial: remarks.contains { $0.kind == .partialRange || $0.kind == .urlValue }))
      }
    }
    return parts.flatMap(\.self)
  }

  /// The numbers of the groups called `dn` that source number `source` may have.
  private func groups(_ dn: ByteView, _ source: Int, _ arena: ByteArena) -> [Int] {
    guard let name = try? DistinguishedName.normalise(dn, into: arena) else { return [] }
    return names.indices.filter { index in
      names[index].count == name.count && names[index].withByteView { $0 == name }
        && (groups[index].forest ?? context.sources[source].forest)
          == context.sources[source].forest
    }
  }

  private static func names(_ entry: Entry, _ member: AttributeID) -> Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    entry.forEach(member) { _, value in names.insert(DistinguishedName.key(of: value.array)) }
    return names
  }
}
