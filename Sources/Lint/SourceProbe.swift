import Checks
import Directory
import LDIF
import Rules
import Sync
import System

/// A first look at a source: what kind of directory it is and what its objects carry.
struct SourceProbe {
  /// How many objects decide about the kind.
  private static let objectsForKind = 1000
  /// How many chunks are looked at from the beginning.
  static let chunks = 4
  /// Exports go through a directory container by container: groups and contacts often come behind all
  /// users. So many pieces of the rest are looked at, of so many bytes, the last at its end.
  private static let samples = 48
  private static let sampleSize = 16 << 10
  private static let largestSample = 1 << 20

  var kind: DirectoryKind
  var inventory: AttributeInventory

  /// Looks at the beginning of `source`. Throws when it cannot be read.
  init(_ source: LintSource, ruleSet: RuleSet) throws(SystemError) {
    var marks = ruleSet.table
    let signs = ["sAMAccountName", "objectSid", "objectGUID"].map { marks.need($0) }
    // The marks that no rule asks for have places behind those of the rules.
    let known = ruleSet.table.count
    var seen = AttributeInventory(count: known)
    var objects = 0
    var isActiveDirectory = false
    // Of an entry that goes on beyond, as much as is there: a group may be larger than all of that.
    try ChunkReader.readPrefix(
      of: source.input.file, bytes: Self.chunks * ChunkReader.chunkSize, table: marks,
      firstByte: source.input.firstByte
    ) { entry in
      objects += 1
      entry.forEachPresent { if $0.index < known { seen.insert($0) } }
      if objects <= Self.objectsForKind, signs.contains(where: entry.has) {
        isActiveDirectory = true
      }
    }
    try Self.sample(source, marks) { entry in
      entry.forEachPresent { if $0.index < known { seen.insert($0) } }
    }
    self.init(
      source, ruleSet,
      kind: source.kind ?? (isActiveDirectory || objects == 0 ? .ad : .ldap),
      seen: seen)
  }

  /// Hands the entries that begin in pieces of the rest of `source` to `body`.
  private static func sample(
    _ source: LintSource, _ table: AttributeTable, _ body: (Entry) -> Void
  ) throws(SystemError) {
    // The rest of one that is still being written is not there yet.
    guard source.arrival == nil else { return }
    let pieces = ChunkReader.chunkCount(size: source.input.file.size, chunkSize: sampleSize)
    let looked = chunks * ChunkReader.chunkSize / sampleSize
    guard pieces > looked else { return }
    let entry = Entry(table: table)
    var reader = ChunkReader(
      file: source.input.file, table: table, firstByte: source.input.firstByte,
      chunkSize: sampleSize, maximumBlock: largestSample)
    let count = min(samples, pieces - looked)
    for number in 1...count {
      _ = try reader.read(chunk: looked + (pieces - looked) * number / count - 1, into: entry) {
        _, _, outcome, _ in
        if case .entry = outcome { body(entry) }
        // What cannot be read, or is too large, is not worth looking for its end.
        if case .malformed = outcome { return false }
        return true
      }
    }
  }

  /// What is known of `source` from the comments in it, without a look at its objects; nil when
  /// they do not tell.
  init?(comments source: LintSource, ruleSet: RuleSet) {
    guard let kind = source.kind, source.requestedAttributes != nil else { return nil }
    self.init(
      source, ruleSet, kind: kind, seen: AttributeInventory(count: ruleSet.table.count))
  }

  private init(
    _ source: LintSource, _ ruleSet: RuleSet, kind: DirectoryKind, seen: AttributeInventory
  ) {
    self.kind = kind
    inventory = seen
    for name in source.requestedAttributes ?? [] {
      if let attribute = ruleSet.table.find(name) { inventory.insert(attribute) }
    }
  }

  /// What is said of a source that cannot be read.
  init(kind: DirectoryKind, attributes: Int) {
    self.kind = kind
    inventory = AttributeInventory(count: attributes)
  }
}
