import Bytes
import Checks
import Directory
import LDIF
import Sync
import Synchronization
import System

extension LintResult {
  /// What the run would have found if some objects were as `states` has them, by position, and all
  /// else as it is: in the sources, or changed before.
  ///
  /// Only those objects are judged again, and only values that one of them holds or held are
  /// compared again, so it costs what the changes cost and not what the sources do. Positions stay
  /// what they are. The run must have kept its index. The summary is that of the run.
  ///
  /// Throws when the unique values are in a file that cannot be read.
  package func changing(_ states: [Int: ObjectState]) throws(SystemError) -> LintResult {
    try ChangedRun(self, states).result()
  }

  /// The objects that hold a value with one of the kept hashes in `wanted`, which are all of
  /// partition `number`. Throws when the unique values are in a file that cannot be read.
  package func holders(
    of wanted: Set<KeptHash>, in number: Int
  ) throws(SystemError) -> [KeptHash: [Int]] {
    var found = try index.holders(of: wanted, in: number)
    guard !context.changed.isEmpty else { return found }
    for (hash, positions) in found {
      found[hash] = positions.filter { context.changed[$0] == nil }
    }
    for hash in wanted {
      if let more = changedHolders[hash] { found[hash, default: []] += more }
    }
    return found
  }
}

/// Looks at what some objects have become, and at what that means for others.
private struct ChangedRun {
  private let base: LintResult
  private let context: RunContext
  private let positions: [Int]

  init(_ base: LintResult, _ states: [Int: ObjectState]) {
    self.base = base
    positions = states.keys.sorted()
    var context = base.context
    context.changed.merge(states) { $1 }
    self.context = context
  }

  /// What a thread has learned of some changed objects.
  private struct Part: Sendable {
    var findings: [FindingRecord] = []
    /// The hashes of what they held and hold.
    var hashes: Set<KeptHash> = []
    /// Those of what they held, with the objects.
    var formerHolders: [(hash: KeptHash, position: Int)] = []
    /// Those of what they hold now, with the objects.
    var holders: [KeptHash: [Int]] = [:]
    /// Attributes that an object has lost or got, by source.
    var lost: [Int: Set<UInt16>] = [:]
    var got: [Int: Set<UInt16>] = [:]
  }

  func result() throws(SystemError) -> LintResult {
    let parts = examine()
    if let checks = try checksAfter(parts) {
      return try LintRun(context).wholeResult(
        checks: checks, masters: base.masters, index: base.index, holders: holders(parts))
    }
    var hashes: Set<KeptHash> = []
    for part in parts { hashes.formUnion(part.hashes) }
    let holders = holders(parts)
    let duplicates = try resolve(hashes, holders)
    let judged = Set(positions)
    var kept = base.fired.filter { finding in
      finding.group >= 0
        ? !hashes.contains(base.groups[finding.group].hash)
        : !judged.contains(finding.position)
    }
    if context.ruleSet.hasLowered {
      // What weighs less because of what the object is may do so no more.
      for index in kept.indices where judged.contains(kept[index].position) {
        kept[index].severity = nil
      }
    }
    let new = duplicates.records.map { record in
      var record = record
      record.group += base.groups.count
      return record
    }
    let fired = (kept + parts.flatMap(\.findings) + new).sorted(by: FindingRecord.precedes)
    return LintResult(
      context: context, checks: base.checks, masters: base.masters, fired: fired,
      groups: base.groups + duplicates.groups, index: base.index, changedHolders: holders,
      lines: base.lines, sourceEntries: base.sourceEntries, summary: base.summary)
  }

  private func holders(_ parts: [Part]) -> [KeptHash: [Int]] {
    var all = base.changedHolders
    for part in parts {
      for (hash, position) in part.formerHolders { all[hash]?.removeAll { $0 == position } }
    }
    for part in parts { all.merge(part.holders) { $0 + $1 } }
    return all
  }

  // MARK: The objects

  private func examine() -> [Part] {
    Workers.map(positions.count, blockSize: 256, threads: context.options.threads) {
      base.examiner()
    } block: { examiner, range in
      var part = Part()
      for position in positions[range] { examine(position, examiner, &part) }
      return part
    }
  }

  private func examine(_ position: Int, _ examiner: Examiner, _ part: inout Part) {
    let (evaluator, view, entry) = (examiner.evaluator, examiner.view, examiner.entry)
    let source = context.map.locate(position).source
    let checks = base.checks[source]
    var before: Set<UInt16> = []
    if examiner.read(position) {
      for hash in evaluator.keptHashes(view.decide(checks.scope).objectClass, hash: context.hash) {
        part.hashes.insert(hash)
        part.formerHolders.append((hash, position))
      }
      entry.forEachPresent { before.insert($0.index) }
    }
    context.changed[position]?.load(into: entry)
    var after: Set<UInt16> = []
    entry.forEachPresent { after.insert($0.index) }
    if before != after {
      part.lost[source, default: []].formUnion(before.subtracting(after))
      part.got[source, default: []].formUnion(after.subtracting(before))
    }
    let judgement = view.decide(checks.scope)
    evaluator.check(checks, judgement) { hit in
      part.findings.append(FindingRecord(hit, position: position))
    }
    for hash in evaluator.keptHashes(judgement.objectClass, hash: context.hash) {
      part.hashes.insert(hash)
      part.holders[hash, default: []].append(position)
    }
  }

  // MARK: The sources

  /// The checks of the sources where an attribute comes or goes for good and that changes what is
  /// checked, so that everything has to be looked at again; else nil.
  private func checksAfter(_ parts: [Part]) throws(SystemError) -> [SourceChecks]? {
    var checks = base.checks
    var isOther = false
    for source in checks.indices {
      var inventory = checks[source].inventory
      for part in parts {
        for index in part.got[source] ?? [] { inventory.insert(AttributeID(index: index)) }
      }
      let lost = parts.reduce(into: Set<UInt16>()) { $0.formUnion($1.lost[source] ?? []) }
      for index in try gone(lost, source) { inventory.remove(AttributeID(index: index)) }
      guard inventory != checks[source].inventory else { continue }
      let other = context.checks(source, kind: checks[source].kind, inventory: inventory)
      isOther = isOther || !other.checksTheSame(as: checks[source])
      checks[source] = other
    }
    return isOther ? checks : nil
  }

  /// Those of `attributes` that no object of source number `source` has any more. The first that
  /// has them all ends the search, so it is over soon as a rule.
  private func gone(
    _ attributes: Set<UInt16>, _ source: Int
  ) throws(SystemError) -> Set<UInt16> {
    let table = context.ruleSet.table
    var open = attributes
    for name in context.sources[source].requestedAttributes ?? [] {
      if let attribute = table.find(name) { open.remove(attribute.index) }
    }
    let entry = Entry(table: table)
    let reader = SourceReader(
      context.sources, table: table, largestRecord: context.largestRecord)
    let start = context.map.start(of: source)
    for chunk in context.chunks(of: source) where !open.isEmpty {
      _ = try reader.forEachEntry(ofChunk: chunk.number, of: source, into: entry) {
        offset, _ in
        context.changed[start + offset]?.load(into: entry)
        entry.forEachPresent { open.remove($0.index) }
        return !open.isEmpty
      }
    }
    return open
  }

  // MARK: Duplicates

  /// The duplicates among what has one of `hashes`.
  private func resolve(
    _ hashes: Set<KeptHash>, _ holders: [KeptHash: [Int]]
  ) throws(SystemError) -> DuplicatePass.Result {
    let wanted = Dictionary(grouping: hashes, by: \.partition).mapValues { Set($0) }
    let partitions = wanted.keys.sorted()
    let now = LintResult(
      context: context, checks: base.checks, masters: base.masters, fired: [], groups: [],
      index: base.index, changedHolders: holders, lines: [], sourceEntries: [],
      summary: base.summary)
    return try DuplicatePass(context, checks: base.checks, masters: base.masters).run(
      partitions
    ) { partition, body throws(SystemError) in
      let found = try now.holders(of: wanted[partition] ?? [], in: partition)
      for (hash, positions) in found {
        let collision = UniquenessIndex.Collision(hash: hash, unsorted: positions)
        if collision.positions.count > 1 { body(collision) }
      }
    }
  }
}
