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
  /// How many chunks are looked at.
  static let chunks = 4

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
    self.init(
      source, ruleSet,
      kind: source.kind ?? (isActiveDirectory || objects == 0 ? .ad : .ldap),
      seen: seen)
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
