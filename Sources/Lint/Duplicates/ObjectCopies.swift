import Bytes
import Checks
import Directory
import LDIF
import Sync

/// Finds the records that are one object more than once: of each object one record counts, the one that
/// was changed last, else the first.
struct ObjectCopies: ~Copyable {
  /// A record, as far as it tells what object it is and how old.
  private struct Record {
    var position: Int
    var identity: ObjectIdentity
    /// The time of the last change; nil when unknown.
    var changed: DirectoryTime?

    /// Whether it counts before `other`.
    func precedes(_ other: Record) -> Bool {
      guard changed != other.changed else { return position < other.position }
      guard let changed, let others = other.changed else { return changed != nil }
      return changed > others
    }
  }

  /// The positions of the records that do not count, in no order, perhaps more than once.
  private(set) var positions: [Int] = []
  private let context: RunContext
  private let attributes: ObjectIdentity.Attributes
  private let whenChanged: AttributeID
  private let modified: AttributeID
  private let entry: Entry
  private var reader: ObjectReader

  /// Looks at the sources of `context`.
  init(_ context: RunContext) {
    self.context = context
    var table = AttributeTable()
    attributes = ObjectIdentity.Attributes(&table)
    whenChanged = table.need("whenChanged")
    modified = table.need("modifyTimestamp")
    entry = Entry(table: table)
    reader = ObjectReader(context, table: table)
  }

  /// Takes over the objects of `collision`, whose identities have the same hash.
  mutating func add(_ collision: UniquenessIndex.Collision) {
    var counted: [Record] = []
    for position in collision.positions {
      guard let record = record(position) else { continue }
      let same = counted.firstIndex { $0.identity.isSame(as: record.identity) }
      guard let same else {
        counted.append(record)
        continue
      }
      let isNewer = record.precedes(counted[same])
      positions.append(isNewer ? counted[same].position : position)
      if isNewer { counted[same] = record }
    }
  }

  private mutating func record(_ position: Int) -> Record? {
    guard reader.readSource(position, into: entry) else { return nil }
    let changed = entry.first(whenChanged) ?? entry.first(modified)
    return Record(
      position: position,
      identity: ObjectIdentity(entry, attributes, forest: context.forest(position)),
      changed: changed.flatMap { DirectoryTime(generalizedTime: $0) })
  }
}
