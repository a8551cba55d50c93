import Rules
import Sync

/// What one worker counted in all its chunks.
struct PassCounts: Sendable {
  /// By source.
  var entries: [Int]
  var inventories: [AttributeInventory]
  var examined = [Int](repeating: 0, count: ObjectClass.allCases.count)
  /// By reason.
  var skipped: [Int]
  /// SIDs of the accounts that linked mailboxes wait for.
  var wantedMasters: Set<[UInt8]> = []
  var outsideBases = 0
  /// By base, whether an entry is at or below it.
  var basesFound: [Bool]
  /// Objects of a class that the rules know, by source.
  var known: [Int]
  /// Objects of another class whose objectClass has no value, by source.
  var unvalued: [Int]
  /// Records that are another copy of an object, by source.
  var copies: [Int]
  /// Objects with an objectGUID or entryUUID, by source.
  var identified: [Int]
  /// Deleted objects, by source.
  var deleted: [Int]
  /// By number, which members of the groups that filter were met.
  var metMembers: [[Bool]] = []
  /// The domains of sign-in names, where they are asked for.
  var suffixes = SuffixCensus()
  /// What uses which domain, where that is asked for.
  var domains = DomainCensus()

  mutating func add(_ other: PassCounts) {
    for index in entries.indices { entries[index] += other.entries[index] }
    for index in inventories.indices { inventories[index].formUnion(other.inventories[index]) }
    for index in examined.indices { examined[index] += other.examined[index] }
    for index in skipped.indices { skipped[index] += other.skipped[index] }
    wantedMasters.formUnion(other.wantedMasters)
    outsideBases += other.outsideBases
    for index in metMembers.indices {
      for member in other.metMembers[index].indices where other.metMembers[index][member] {
        metMembers[index][member] = true
      }
    }
    suffixes.add(other.suffixes)
    domains.add(other.domains)
    for index in basesFound.indices where other.basesFound[index] { basesFound[index] = true }
    for index in unvalued.indices { unvalued[index] += other.unvalued[index] }
    for index in known.indices { known[index] += other.known[index] }
    for index in copies.indices { copies[index] += other.copies[index] }
    for index in identified.indices { identified[index] += other.identified[index] }
    for index in deleted.indices { deleted[index] += other.deleted[index] }
  }
}
