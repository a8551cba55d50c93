import Bytes
import Checks
import Directory
import Findings
import LDIF
import Rules
import Sync
import SyncExpressions
import System

/// One worker's way through the chunks that it takes: reads, checks and indexes.
final class ChunkPass {
  private let ruleSet: RuleSet
  private let sources: [LintSource]
  private let checks: [SourceChecks]
  private let map: SourceMap
  private let bases: BaseFilter
  private let listsSkipped: Bool
  private let hash: KeyedHash
  private let changed: [Int: ObjectState]
  private let hasChanges: Bool
  private let hasCopies: Bool
  /// Whether errors of expressions, which quote values, must not be told.
  private let hidesValues: Bool
  /// Whether the domains of sign-in names are counted.
  private let countsSuffixes: Bool
  private let context: RunContext
  private let evaluator: RuleEvaluator
  private let view: ObjectView
  private let entry: Entry
  private let reader: SourceReader
  private var output = ChunkOutput(source: 0, number: 0)
  private var names = NameScreen()
  private var line = 0
  /// Whether the entry's findings are weighed. Where an expression fails then, the rule's severity stands.
  private var isWeighing = false
  /// The forest of the source that is read.
  private var forest = 0
  /// Whether a group filters the source that is read.
  private var isFiltered = false
  /// What was counted.
  private(set) var counts: PassCounts
  /// The unique values met.
  let index: UniquenessIndex
  /// What each chunk gave, in the order in which they were read.
  private(set) var outputs: [ChunkOutput] = []

  init(
    _ run: RunContext, checks: [SourceChecks], masterAccounts: Set<[UInt8]>?, room: IndexRoom?
  ) {
    index = UniquenessIndex(room: room)
    ruleSet = run.ruleSet
    sources = run.sources
    reader = SourceReader(
      run.sources, table: run.ruleSet.table, largestRecord: run.largestRecord)
    // Checks of its own for each worker: reference counts of a shared one would go to and fro
    // between the processors with every object.
    self.checks = checks.map {
      SourceChecks(
        run.ruleSet, kind: $0.kind, inventory: $0.inventory, members: $0.scope.members)
    }
    map = run.map
    bases = run.bases
    listsSkipped = run.options.listsSkipped
    hash = run.hash
    changed = run.changed
    hasChanges = !run.changed.isEmpty
    hasCopies = !run.copies.isEmpty
    hidesValues =
      !run.options.concealed.isEmpty
      || run.ruleSet.table.names.contains(where: { SecretAttributes.contains($0) })
    countsSuffixes = DomainQuestions.areAsked(run)
    context = run
    evaluator = RuleEvaluator(run.ruleSet, masterAccounts: masterAccounts)
    view = evaluator.view
    entry = evaluator.entry
    counts = PassCounts(
      entries: Array(repeating: 0, count: run.sources.count),
      inventories: Array(
        repeating: AttributeInventory(count: run.ruleSet.table.count), count: run.sources.count),
      skipped: Array(repeating: 0, count: run.ruleSet.reasons.count),
      basesFound: Array(repeating: false, count: run.bases.names.count),
      known: Array(repeating: 0, count: run.sources.count),
      unvalued: Array(repeating: 0, count: run.sources.count),
      copies: Array(repeating: 0, count: run.sources.count),
      identified: Array(repeating: 0, count: run.sources.count),
      deleted: Array(repeating: 0, count: run.sources.count),
      metMembers: (run.syncFilter?.members ?? []).map { Array(repeating: false, count: $0.count) })
    view.evaluationFailed = { [unowned self] what, error in
      if !isWeighing { evaluationFailed(what, error) }
    }
  }

  /// Reads chunk `number` of source number `source`.
  func read(chunk number: Int, of source: Int) {
    output = ChunkOutput(source: source, number: number)
    forest = context.forests[source]
    isFiltered = checks[source].scope.members != nil
    let base = map.start(of: source)
    do throws(SystemError) {
      output.chunk = try reader.read(chunk: number, of: source, into: entry) {
        [self] offset, line, outcome, remarks in
        self.line = line
        take(outcome, remarks, source: source, offset: offset, position: base + offset)
        return true
      }
    } catch {
      var problem = Problem(
        kind: .unreadable, message: "cannot read on: \(error.reason)", source: sources[source].name)
      problem.byteOffset = number * ChunkReader.chunkSize
      output.problems.append((0, problem))
    }
    entry.takeSeen { counts.inventories[source].insert($0) }
    output.findings.sort(by: FindingRecord.precedes)
    outputs.append(output)
  }

  // MARK: Records

  @inline(__always)
  private func take(
    _ outcome: RecordOutcome, _ remarks: [RecordRemark], source: Int, offset: Int, position: Int
  ) {
    if !remarks.isEmpty { take(remarks, source: source) }
    guard case .entry = outcome else {
      takeOther(outcome, source: source, offset: offset)
      return
    }
    output.entries &+= 1
    if let fault = names.fault(of: entry.dn) { addBadName(fault, source: source, offset: offset) }
    if hasChanges { changed[position]?.load(into: entry) }
    let known = output.findings.count
    judgeEntry(source: source, position: position)
    guard output.findings.count > known else { return }
    weigh(from: known)
    if !entry.record.isEmpty,
      let place = UInt32(exactly: offset - output.number * ChunkReader.chunkSize)
    {
      output.checksums.append(
        ObjectChecksums.Mark(offset: place, checksum: hash.checksum(entry.record)))
    }
  }

  /// Says how bad the entry's findings, which begin at `first`, are on it: it need not be read again for
  /// that.
  @inline(never)
  private func weigh(from first: Int) {
    guard ruleSet.hasLowered else { return }
    isWeighing = true
    for index in first..<output.findings.count {
      output.findings[index].severity = evaluator.loweredSeverity(
        ofRule: output.findings[index].rule)
    }
    isWeighing = false
  }

  @inline(__always)
  private func judgeEntry(source: Int, position: Int) {
    if isFiltered { meet(source) }
    if !bases.isOpen {
      bases.note(entry.dn, arena: entry.arena, in: &counts.basesFound)
      guard bases.passes(entry.dn, arena: entry.arena) else {
        counts.outsideBases &+= 1
        return
      }
    }
    counts.entries[source] &+= 1
    if hasCopies, context.isCopy(position) {
      counts.copies[source] &+= 1
      return
    }
    let judgement = view.decide(checks[source].scope)
    if judgement.isDeleted {
      counts.deleted[source] &+= 1
      return skip(SyncModel.deletedReason, judgement, source: source)
    }
    if judgement.objectClass != .other {
      counts.known[source] &+= 1
    } else if entry.first(ruleSet.sync.attributes.objectClass)?.isEmpty ?? false {
      counts.unvalued[source] &+= 1
    }
    if judgement.isLinkedMailbox, let master = view.masterAccountSID {
      counts.wantedMasters.insert(master)
    }
    switch judgement.scope {
    case .included: counts.examined[Int(judgement.objectClass.rawValue)] &+= 1
    case .excluded(let reason): skip(reason, judgement, source: source)
    }
    if countsSuffixes { countSuffix(judgement) }
    if context.options.countsDomains { countDomains(judgement) }
    evaluator.check(checks[source], judgement) { hit in
      var record = FindingRecord(hit, position: position)
      // In the chunk; where that begins is known when all have been read.
      record.line = UInt32(clamping: line)
      output.findings.append(record)
    }
    evaluator.addKeys(judgement.objectClass, position: position, hash: hash, to: index)
    if evaluator.addIdentity(
      forest: forest, byName: context.identifiesByName, position: position, hash: hash, to: index)
    {
      counts.identified[source] &+= 1
    }
  }

  /// Notes that the entry is there when it is a member of a group that filters.
  @inline(never)
  private func meet(_ source: Int) {
    guard let members = checks[source].scope.members, let number = view.number(in: members),
      let group = context.syncFilter?.numbers[source]
    else { return }
    counts.metMembers[group][number] = true
  }

  @inline(never)
  private func countSuffix(_ judgement: Judgement) {
    guard judgement.scope == .included || ruleSet.settings.lintsAllObjects,
      let name = entry.first(view.attributes.login), let at = name.lastIndex(of: UInt8(ascii: "@"))
    else { return }
    let domain = name.from(at + 1).trimmed
    counts.suffixes.add(domain, forest: forest)
    let orders = ruleSet.settings.suffixOrders
    if orders.hasSubtrees {
      counts.suffixes.matched.formUnion(
        orders.subtreeOrders(meaning: domain, of: entry.dn, entry.arena))
    }
  }

  @inline(never)
  private func countDomains(_ judgement: Judgement) {
    guard judgement.scope == .included || ruleSet.settings.lintsAllObjects else {
      if judgement.objectClass == .other { counts.domains.takeSuffixes(of: view, ruleSet.table) }
      return
    }
    counts.domains.add(view, forest: forest)
  }

  private func skip(_ reason: Int, _ judgement: Judgement, source: Int) {
    if ruleSet.settings.lintsAllObjects, !judgement.isDeleted {
      counts.examined[Int(judgement.objectClass.rawValue)] &+= 1
      return
    }
    counts.skipped[reason] &+= 1
    guard listsSkipped else { return }
    let why = ruleSet.reasons[reason]
    output.skipped.append(
      (
        line,
        RunSummary.SkippedObject(
          source: sources[source].name, line: nil, dn: entry.dn.array, reason: why.phrase,
          clause: why.clause)
      ))
  }

  // MARK: Problems

  private func add(_ problem: Problem, lineAfter lines: Int = 0) {
    guard output.problems.count < ChunkOutput.maximumProblems else {
      output.problemsOmitted += 1
      return
    }
    output.problems.append((line + lines, problem))
  }

  private func addBadName(_ fault: DistinguishedNameError, source: Int, offset: Int) {
    var problem = Problem(
      kind: .malformedRecord,
      message: "what stands after \"dn:\" is no distinguished name (RFC 4514): "
        + "\(fault.reason.rawValue), at byte \(fault.offset + 1) of it; the object is checked, but "
        + "nothing is written for it",
      source: sources[source].name)
    let place = entry.placeOfName
    problem.byteOffset = offset + place.offset
    problem.dn = entry.dn.string
    add(problem, lineAfter: place.line)
  }

  private func takeOther(_ outcome: RecordOutcome, source: Int, offset: Int) {
    switch outcome {
    case .malformed(let error):
      var problem = Problem(
        kind: .malformedRecord, message: error.reason, source: sources[source].name)
      problem.byteOffset = error.byteOffset
      problem.raw = error.raw
      add(problem, lineAfter: error.line)
    case .change:
      output.firstChange = output.firstChange ?? (line, offset)
      output.changes += 1
    case .entry, .nothing, .incomplete: break
    }
  }

  private func take(_ remarks: [RecordRemark], source: Int) {
    for remark in remarks {
      if case .search(let search) = remark.kind {
        take(search, lineAfter: remark.line)
        continue
      }
      guard remark.kind == .partialRange else {
        output.remarks.add(remark, line: line + remark.line)
        continue
      }
      let (kind, message) = FileRemarks.said(remark)
      var problem = Problem(kind: kind, message: message, source: sources[source].name)
      problem.byteOffset = remark.byteOffset
      problem.dn = entry.dn.string
      add(problem, lineAfter: remark.line)
    }
  }

  /// What a tool says of its search, it says outside of entries, or above one.
  private func take(_ search: SearchRemark, lineAfter lines: Int) {
    guard output.searchRemarks.count < ChunkOutput.maximumProblems else {
      output.problemsOmitted += 1
      return
    }
    output.searchRemarks.append((line + lines, search))
  }

  private func evaluationFailed(_ what: String, _ error: EvaluationError) {
    var problem = Problem(
      kind: .checkFailed,
      message: "\(what) could not be evaluated"
        + (hidesValues && !error.isLimit ? "" : ": \(error.message)"),
      source: sources[output.source].name)
    problem.dn = entry.dn.string
    add(problem)
  }
}
