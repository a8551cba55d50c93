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
  /// Only those objects are judged again, where `memory` does not know what they are, and only values
  /// that one of them holds or held are compared again, so it costs what the changes cost and not what
  /// the sources do. Positions stay what they are. The run must have kept its index. The summary is
  /// that of the run.
  ///
  /// Throws when the unique values are in a file that cannot be read.
  package func changing(
    _ states: [Int: ObjectState], _ memory: ChangeMemory = ChangeMemory()
  ) throws(SystemError) -> LintResult {
    try ChangedRun(self, states, memory).result()
  }

  /// The objects that hold a value with one of the kept hashes in `wanted`; those of a hash that none
  /// holds are missing. Throws when the unique values are in a file that cannot be read.
  package func holders(of wanted: Set<KeptHash>) throws(SystemError) -> [KeptHash: [Int]] {
    let byPartition = Dictionary(grouping: wanted, by: \.partition)
    let partitions = byPartition.keys.sorted()
    let found = Slots<[KeptHash: [Int]]>(count: partitions.count)
    let failure = Mutex<SystemError?>(nil)
    Workers.run(threads: context.options.threads, count: partitions.count) { _, next in
      do throws(SystemError) {
        while let number = next() {
          let partition = partitions[number]
          let some = try unchangedHolders(of: byPartition[partition] ?? [], in: partition)
          found.set(number, some)
        }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    var holders: [KeptHash: [Int]] = [:]
    for part in found.all { holders.merge(part) { $0 + $1 } }
    guard !context.changed.isEmpty else { return holders }
    for hash in wanted {
      let more = changedHolders.positions(hash)
      if !more.isEmpty { holders[hash, default: []] += more }
    }
    return holders
  }

  /// Those of the holders of values with the hashes in `wanted`, all of partition `number`, that are
  /// not changed.
  fileprivate func unchangedHolders(
    of wanted: [KeptHash], in number: Int
  ) throws(SystemError) -> [KeptHash: [Int]] {
    try index.holders(of: wanted, in: number) { context.changed[$0] == nil }
  }
}

/// Looks at what some objects have become, and at what that means for others.
private struct ChangedRun {
  private let base: LintResult
  private let context: RunContext
  private let positions: [Int]
  private let memory: ChangeMemory

  init(_ base: LintResult, _ states: [Int: ObjectState], _ memory: ChangeMemory) {
    self.base = base
    self.memory = memory
    positions = states.keys.sorted()
    var context = base.context
    context.changed.merge(states) { $1 }
    self.context = context
  }

  /// A changed object, as it was and as it is.
  private typealias Change = (before: ChangeMemory.Known, after: ChangeMemory.Known)

  func result() throws(SystemError) -> LintResult {
    let number = memory.number(of: base.checks)
    let befores = known(base.context.changed, number)
    let afters = known(context.changed, number)
    let changes = zip(befores, afters).map { (before: $0, after: $1) }
    if let checks = try checksAfter(changes) {
      return try LintRun(context).wholeResult(
        checks: checks, masters: base.masters, index: base.index, holders: holders(changes))
    }
    var hashes: Set<KeptHash> = []
    for change in changes {
      hashes.formUnion(change.before.hashes)
      hashes.formUnion(change.after.hashes)
    }
    let holders = holders(changes)
    let duplicates = try resolve(hashes, holders)
    let new = duplicates.records.map { record in
      var record = record
      record.group += base.groups.count
      return record
    }
    let fired = (kept(hashes) + afters.flatMap(\.findings) + new)
      .sorted(by: FindingRecord.precedes)
    return LintResult(
      context: context, checks: base.checks, masters: base.masters, fired: fired,
      groups: base.groups + duplicates.groups, index: base.index, changedHolders: holders,
      lines: base.lines, sourceEntries: base.sourceEntries, summary: base.summary)
  }

  /// What fired before and fires still.
  private func kept(_ hashes: Set<KeptHash>) -> [FindingRecord] {
    var kept: [FindingRecord] = []
    kept.reserveCapacity(base.fired.count)
    var next = 0
    for var finding in base.fired {
      while next < positions.count, positions[next] < finding.position { next += 1 }
      let isJudged = next < positions.count && positions[next] == finding.position
      if finding.group >= 0 {
        guard !hashes.contains(base.groups[finding.group].hash) else { continue }
        // What weighs less because of what the object is may do so no more.
        if isJudged, context.ruleSet.hasLowered { finding.severity = nil }
      } else if isJudged {
        continue
      }
      kept.append(finding)
    }
    return kept
  }

  private func holders(_ changes: [Change]) -> ChangedHolders {
    var all = base.changedHolders
    all.reserve(changes.reduce(0) { $0 + $1.after.hashes.count })
    for (position, change) in zip(positions, changes) {
      guard base.context.changed[position] != nil else { continue }
      for hash in change.before.hashes { all.remove(position, hash) }
    }
    for (position, change) in zip(positions, changes) {
      for hash in change.after.hashes { all.add(position, hash) }
    }
    return all
  }

  // MARK: The objects

  /// What is known of the objects in `states`, or of what their sources have.
  private func known(_ states: [Int: ObjectState], _ checks: Int) -> [ChangeMemory.Known] {
    var known = positions.map { memory.known($0, states[$0], checks: checks) }
    let open = known.indices.filter { known[$0] == nil }
    guard !open.isEmpty else { return known.compactMap { $0 } }
    let (positions, examination) = (positions, Examination(base, checks))
    let parts = Workers.map(open.count, blockSize: 256, threads: context.options.threads) {
      examination.result.examiner()
    } block: { examiner, range in
      open[range].map { index in
        examination.examine(positions[index], states[positions[index]], examiner)
      }
    }
    for (index, new) in zip(open, parts.joined()) {
      memory.add(new, at: positions[index])
      known[index] = new
    }
    return known.compactMap { $0 }
  }

  // MARK: The sources

  /// The checks of the sources where an attribute comes or goes for good and that changes what is
  /// checked, so that everything has to be looked at again; else nil.
  private func checksAfter(_ changes: [Change]) throws(SystemError) -> [SourceChecks]? {
    var lost: [Int: Set<UInt16>] = [:]
    var got: [Int: Set<UInt16>] = [:]
    for (position, change) in zip(positions, changes)
    where change.before.attributes != change.after.attributes {
      let (before, after) = (Set(change.before.attributes), Set(change.after.attributes))
      let source = context.map.locate(position).source
      lost[source, default: []].formUnion(before.subtracting(after))
      got[source, default: []].formUnion(after.subtracting(before))
    }
    var checks = base.checks
    var isOther = false
    for source in checks.indices {
      var inventory = checks[source].inventory
      for index in got[source] ?? [] { inventory.insert(AttributeID(index: index)) }
      for index in try gone(lost[source] ?? [], source) {
        inventory.remove(AttributeID(index: index))
      }
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
    guard !open.isEmpty else { return [] }
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
    _ hashes: Set<KeptHash>, _ holders: ChangedHolders
  ) throws(SystemError) -> DuplicatePass.Result {
    let wanted = Dictionary(grouping: hashes, by: \.partition)
    let partitions = wanted.keys.sorted()
    let now = LintResult(
      context: context, checks: base.checks, masters: base.masters, fired: [], groups: [],
      index: base.index, changedHolders: holders, lines: [], sourceEntries: [],
      summary: base.summary)
    return try DuplicatePass(context, checks: base.checks, masters: base.masters).run(
      partitions
    ) { partition, body throws(SystemError) in
      let hashes = wanted[partition] ?? []
      let unchanged = try now.unchangedHolders(of: hashes, in: partition)
      for hash in hashes where unchanged[hash] != nil || holders.isShared(hash) {
        let collision = UniquenessIndex.Collision(
          hash: hash, unsorted: (unchanged[hash] ?? []) + holders.positions(hash))
        if collision.positions.count > 1 { body(collision) }
      }
    }
  }
}

/// Finds out what objects are.
private struct Examination: Sendable {
  let result: LintResult
  /// The number of the checks.
  private let number: Int

  init(_ result: LintResult, _ number: Int) {
    self.result = result
    self.number = number
  }

  /// What the object at `position` is like in `state`, or as its source has it: then what fires on it is
  /// known, and not asked again.
  func examine(
    _ position: Int, _ state: ObjectState?, _ examiner: Examiner
  ) -> ChangeMemory.Known {
    let (evaluator, view, entry) = (examiner.evaluator, examiner.view, examiner.entry)
    let checks = result.checks[result.context.map.locate(position).source]
    var findings: [FindingRecord] = []
    if let state {
      state.load(into: entry)
    } else if !examiner.read(position) {
      return ChangeMemory.Known(
        state: nil, checks: number, findings: [], hashes: [], attributes: [])
    }
    var attributes: [UInt16] = []
    entry.forEachPresent { attributes.append($0.index) }
    let judgement = view.decide(checks.scope)
    if state != nil {
      evaluator.check(checks, judgement) { hit in
        findings.append(FindingRecord(hit, position: position))
      }
    }
    let hashes = evaluator.keptHashes(judgement.objectClass, hash: result.context.hash)
    return ChangeMemory.Known(
      state: state, checks: number, findings: findings, hashes: Array(hashes),
      attributes: attributes.sorted())
  }
}
