import Bytes
import Checks
import Findings
import LDIF
import Sync
import Rules

/// What all parts of a run share.
package struct RunContext: Sendable {
  package let ruleSet: RuleSet
  package private(set) var sources: [LintSource]
  package let options: LintOptions
  let bases: BaseFilter
  package let map: SourceMap
  /// With what unique values are hashed: the same in a run and in what repeats it.
  package let hash: KeyedHash
  /// The number of each source's forest.
  let forests: [Int]
  /// The positions of the records that are another copy of an object, ascending: they do not count.
  var copies: [Int] = []
  /// Who may be synchronized by the groups that filter; nil where there are none, and until they have been
  /// read.
  var syncFilter: SyncFilter?
  /// What the records that are read again were like.
  var checksums = ObjectChecksums()
  /// Whether objects are told apart by their names besides their objectGUIDs and entryUUIDs.
  var identifiesByName = false
  /// Objects that are other than their sources have them, by position: a plan has changed them.
  package internal(set) var changed: [Int: ObjectState] = [:]

  init(
    ruleSet: RuleSet, sources: [LintSource], options: LintOptions, bases: BaseFilter,
    hash: KeyedHash = KeyedHash()
  ) {
    self.ruleSet = ruleSet
    self.sources = sources
    self.options = options
    self.bases = bases
    self.hash = hash
    map = SourceMap(sources)
    var numbers: [String: Int] = [:]
    for source in sources where numbers[source.forest] == nil {
      numbers[source.forest] = numbers.count
    }
    forests = sources.map { numbers[$0.forest] ?? 0 }
  }

  /// The checks for source number `source`, of `kind`, which carries `inventory`.
  func checks(
    _ source: Int, kind: DirectoryKind, inventory: AttributeInventory
  ) -> SourceChecks {
    SourceChecks(
      ruleSet, kind: kind, inventory: inventory, members: syncFilter?.members(of: source))
  }

  /// Those for each source, as `probes` found them.
  func checks(_ probes: [SourceProbe]) -> [SourceChecks] {
    probes.enumerated().map { checks($0, kind: $1.kind, inventory: $1.inventory) }
  }

  /// Takes over what is known of source number `index` since the run began; its bytes and its
  /// forest are the same.
  mutating func update(_ source: LintSource, number index: Int) { sources[index] = source }

  /// How many workers the first pass has: of sources that are still being written, each has its own.
  var workers: Int {
    let arriving = sources.count { $0.arrival != nil }
    if arriving > 0 { return options.threads * arriving }
    return max(1, min(options.threads, chunks.count))
  }

  /// The room for the unique values of one worker; nil when there is no limit.
  var indexRoom: IndexRoom? {
    if let room = options.indexRoom { return room }
    return options.memoryLimit?.room(workers: workers, sources: sources)
  }

  /// The largest record that is read, in bytes; the same for everyone who reads it.
  var largestRecord: Int {
    options.memoryLimit?.largestRecord(workers: options.threads) ?? ChunkReader.maximumBlock
  }

  /// Whether the object at `position` is of the forest that the first source is of.
  package func isFirstForest(_ position: Int) -> Bool { forest(position) == 0 }

  /// The number of the forest that the object at `position` is of.
  func forest(_ position: Int) -> Int { forests[map.locate(position).source] }

  /// Whether a forest has objects with an objectGUID or entryUUID and others without: then the name is
  /// all that tells whether one of these is one of those.
  func mixesIdentities(_ counts: PassCounts) -> Bool {
    Set(forests).contains { forest in
      let sources = forests.indices.filter { forests[$0] == forest }
      let identified = sources.reduce(0) { $0 + counts.identified[$1] }
      let all = sources.reduce(0) {
        $0 + counts.entries[$1] - counts.copies[$1] - counts.deleted[$1]
      }
      return identified > 0 && identified < all
    }
  }

  /// Whether the record at `position` is another copy of an object, which does not count.
  package func isCopy(_ position: Int) -> Bool {
    guard let index = copies.lastIndexInOrder(where: { $0 <= position }) else { return false }
    return copies[index] == position
  }

  /// All chunks of all sources, in order.
  var chunks: [(source: Int, number: Int)] {
    sources.indices.flatMap { chunks(of: $0) }
  }

  /// All chunks of source number `source`, in order.
  func chunks(of source: Int) -> [(source: Int, number: Int)] {
    (0..<ChunkReader.chunkCount(size: sources[source].input.file.size)).map { (source, $0) }
  }
}
