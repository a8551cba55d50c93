import Bytes
import Checks
import Directory
import Findings
import LDIF
import Rules
import Synchronization
import System

/// A run of rules over sources: reads everything, checks each object, then across all objects.
public struct LintRun: Sendable {
  private var context: RunContext

  /// A run of `ruleSet` over `sources`. What a source that is a snapshot says in its comments is
  /// taken into account. Throws for a base that is no DN.
  public init(
    ruleSet: RuleSet, sources: [LintSource], options: LintOptions
  ) throws(DistinguishedNameError) {
    context = RunContext(
      ruleSet: ruleSet,
      // Those that are still being written have not said everything yet.
      sources: sources.map { $0.arrival == nil ? $0.withSnapshotComments() : $0 },
      options: options, bases: try BaseFilter(options))
  }

  /// A run of what is in `context`.
  init(_ context: RunContext) { self.context = context }

  /// The same run over other sources.
  package init(repeating result: LintResult, over sources: [LintSource]) {
    var options = result.context.options
    options.keepsIndex = false
    options.listsSkipped = false
    options.tally = nil
    context = RunContext(
      ruleSet: result.context.ruleSet, sources: sources.map(\.whole), options: options,
      bases: result.context.bases, hash: result.context.hash)
    context.syncFilter = result.context.syncFilter
  }

  /// Does it.
  ///
  /// What a source carries is guessed from its beginning. When the whole of it says otherwise, or
  /// when linked mailboxes wait for accounts of other sources, the checks run again with what is
  /// then known: the result never depends on the guess.
  ///
  /// Throws when the unique values neither fit into memory nor can be written to a file.
  public func run() throws(SystemError) -> LintResult {
    var run = self
    return try run.result()
  }

  private mutating func result() throws(SystemError) -> LintResult {
    var unreadable: [Problem] = []
    var probes = context.sources.map { source in
      source.arrival == nil ? probe(source, &unreadable) : unknown(source)
    }
    var early: [ChunkPass]?
    if context.sources.contains(where: { $0.arrival != nil }) {
      let pass = ArrivalPass(context, probes) { probe($0, &unreadable) }
      (context, probes, early) = (pass.context, pass.probes, pass.passes)
    }
    if !context.options.syncGroups.isEmpty, context.syncFilter == nil {
      context.syncFilter = SyncGroupSweep(context).filter()
      // What arrived was judged before the groups were known.
      early = nil
    }
    var masters: Set<[UInt8]>?
    var entries: [Int]?
    while true {
      let checks = context.checks(probes)
      var passes = early ?? check(checks, masters)
      early = nil
      var index: FinishedIndex? = try FinishedIndex(
        parts: passes.map(\.index), readers: context.options.threads)
      let counts = Self.total(passes)
      context.compare(counts.entries, with: entries)
      entries = counts.entries
      if Self.learn(counts, checks, &probes, context) { continue }
      if masters == nil, !counts.wantedMasters.isEmpty {
        let found = SIDSweep(context).accounts(wanted: counts.wantedMasters)
        masters = found
        if !found.isEmpty { continue }
      }
      if !context.identifiesByName, context.mixesIdentities(counts) {
        context.identifiesByName = true
        continue
      }
      guard let found = index,
        let duplicates = try duplicates(passes, found, checks, masters)
      else { continue }
      return finish(&passes, &index, duplicates, checks, counts, masters, unreadable)
    }
  }

  /// The duplicates; nil when there are records of one object of which it was not known yet that they
  /// are: the next passes leave them out.
  private mutating func duplicates(
    _ passes: [ChunkPass], _ index: FinishedIndex, _ checks: [SourceChecks],
    _ masters: Set<[UInt8]>?
  ) throws(SystemError) -> DuplicatePass.Result? {
    context.checksums = ObjectChecksums(
      passes.flatMap(\.outputs), sources: context.sources.count)
    let duplicates = try DuplicatePass(context, checks: checks, masters: masters).run(index)
    context.checksums.add(duplicates.checksums)
    guard !duplicates.copies.isEmpty else { return duplicates }
    // None is forgotten, so that a source that changes all the time brings this to an end as well.
    context.copies = Set(context.copies + duplicates.copies).sorted()
    return nil
  }

  /// What comes of a run with `checks` and `masters`, whatever the sources carry; it can be asked
  /// for holders as if `index` and `holders` were its own.
  func wholeResult(
    checks: [SourceChecks], masters: Set<[UInt8]>?, index: KeptIndex, holders: ChangedHolders
  ) throws(SystemError) -> LintResult {
    var passes = check(checks, masters)
    let own = try FinishedIndex(parts: passes.map(\.index), readers: context.options.threads)
    let duplicates = try DuplicatePass(context, checks: checks, masters: masters).run(own)
    let counts = Self.total(passes)
    var kept: FinishedIndex? = own
    return finish(
      &passes, &kept, duplicates, checks, counts, masters, [], keeping: index, holders)
  }

  private func probe(_ source: LintSource, _ problems: inout [Problem]) -> SourceProbe {
    do throws(SystemError) {
      return try SourceProbe(source, ruleSet: context.ruleSet)
    } catch {
      problems.append(
        Problem(
          kind: .unreadable, message: "cannot be read: \(error.reason)", source: source.name))
      return unknown(source)
    }
  }

  private func unknown(_ source: LintSource) -> SourceProbe {
    SourceProbe(kind: source.kind ?? .ad, attributes: context.ruleSet.table.count)
  }

  // MARK: Passes

  private func check(_ checks: [SourceChecks], _ masters: Set<[UInt8]>?) -> [ChunkPass] {
    let chunks = context.chunks
    let taken = Atomic<Int>(0)
    context.options.tally?.reset()
    return Self.passes(
      context, checks, masters: masters, threads: min(context.options.threads, chunks.count)
    ) {
      let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
      return number < chunks.count ? chunks[number] : nil
    }
  }

  /// Has each thread check the chunks that `next` gives it, until none is left.
  static func passes(
    _ context: RunContext, _ checks: [SourceChecks], masters: Set<[UInt8]>?, threads: Int,
    next: @Sendable () -> (source: Int, number: Int)?
  ) -> [ChunkPass] {
    let room = context.indexRoom
    let finished = Mutex<[(worker: Int, pass: PassBox)]>([])
    Workers.run(threads: threads) { worker in
      let pass = ChunkPass(context, checks: checks, masterAccounts: masters, room: room)
      // Without its unique values the result would be worth nothing.
      while pass.index.failure == nil, let chunk = next() {
        pass.read(chunk: chunk.number, of: chunk.source)
        context.options.tally?.add(pass.outputs.last?.findings.count ?? 0)
      }
      if pass.index.hasSpilled { pass.index.spillRest() }
      let box = PassBox(pass: pass)
      finished.withLock { $0.append((worker, box)) }
    }
    return finished.withLock { $0.sorted { $0.worker < $1.worker }.map(\.pass.pass) }
  }

  /// A pass that its worker has done with and hands over.
  private struct PassBox: @unchecked Sendable {
    let pass: ChunkPass
  }

  private static func total(_ passes: [ChunkPass]) -> PassCounts {
    var counts = passes[0].counts
    for pass in passes.dropFirst() { counts.add(pass.counts) }
    return counts
  }

  /// Takes over what the sources turned out to carry; whether that changes what is checked.
  private static func learn(
    _ counts: PassCounts, _ checks: [SourceChecks], _ probes: inout [SourceProbe],
    _ context: RunContext
  ) -> Bool {
    var isNew = false
    for index in probes.indices {
      probes[index].inventory.formUnion(counts.inventories[index])
      guard probes[index].inventory != checks[index].inventory else { continue }
      let better = context.checks(
        index, kind: probes[index].kind, inventory: probes[index].inventory)
      if !better.checksTheSame(as: checks[index]) { isNew = true }
    }
    return isNew
  }

  // MARK: The end

  /// Makes the result, and lets go of `passes` and `index` before the findings are put together: large runs
  /// need the memory.
  private func finish(
    _ passes: inout [ChunkPass], _ index: inout FinishedIndex?,
    _ duplicates: DuplicatePass.Result, _ checks: [SourceChecks], _ counts: PassCounts,
    _ masters: Set<[UInt8]>?, _ unreadable: [Problem], keeping kept: KeptIndex? = nil,
    _ holders: ChangedHolders = ChangedHolders()
  ) -> LintResult {
    var outputs = ChunkOutput.inOrder(passes.flatMap(\.outputs))
    let kept = kept ?? KeptIndex(context.options.keepsIndex ? index : nil)
    passes = []
    index = nil
    let lines = context.sources.indices.map { source in
      LineTable(outputs.filter { $0.source == source })
    }
    let summary = SummaryBuilder(context, checks: checks, outputs: outputs, counts: counts)
      .summary(unreadable: unreadable)
    return LintResult(
      context: context, checks: checks, masters: masters,
      fired: Self.merge(&outputs, duplicates.records), groups: duplicates.groups, index: kept,
      changedHolders: holders, lines: lines, sourceEntries: counts.entries, summary: summary)
  }

  /// The findings of all chunks, which are in order, with those about duplicates; `outputs` have none
  /// afterwards.
  private static func merge(
    _ outputs: inout [ChunkOutput], _ duplicates: [FindingRecord]
  ) -> [FindingRecord] {
    var result: [FindingRecord] = []
    result.reserveCapacity(outputs.reduce(duplicates.count) { $0 + $1.findings.count })
    var next = 0
    for number in outputs.indices {
      let firstLine = outputs[number].firstLine
      let findings = outputs[number].findings
      outputs[number].findings = []
      for var finding in findings {
        finding.line = UInt32(exactly: firstLine + Int(finding.line)) ?? 0
        while next < duplicates.count, FindingRecord.precedes(duplicates[next], finding) {
          result.append(duplicates[next])
          next += 1
        }
        result.append(finding)
      }
    }
    result.append(contentsOf: duplicates[next...])
    return result
  }
}
