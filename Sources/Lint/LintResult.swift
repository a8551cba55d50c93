import Bytes
import Checks
import Directory
import Findings
import Rules
import Synchronization

/// What a run found, ready to be rendered.
public struct LintResult: Sendable {
  package let context: RunContext
  package let checks: [SourceChecks]
  package let masters: Set<[UInt8]>?
  /// What fired, whether anything is said of it or not.
  package private(set) var fired: [FindingRecord]
  /// What is said.
  package private(set) var findings: [FindingRecord]
  package let groups: [HolderGroup]
  /// By group, the position of the object whose finding tells of all holders; -1 where nothing is said.
  package private(set) var tellers: [Int]
  /// The unique values of all objects, where the run was to keep them.
  let index: KeptIndex
  /// The changed objects that hold a value, by its kept hash.
  let changedHolders: ChangedHolders
  let lines: [LineTable]
  let sourceEntries: [Int]
  /// What the run says about itself but for its findings, which `report` counts.
  public private(set) var summary: RunSummary
  /// Where the proposals of findings come from.
  package var proposals = ProposalOrigin.rules

  /// What came of a run in which `fired`, in the total order.
  init(
    context: RunContext, checks: [SourceChecks], masters: Set<[UInt8]>?, fired: [FindingRecord],
    groups: [HolderGroup], index: KeptIndex, changedHolders: ChangedHolders, lines: [LineTable],
    sourceEntries: [Int], summary: RunSummary
  ) {
    self.context = context
    self.checks = checks
    self.masters = masters
    let stages = RecordStages(context, masters: masters)
    self.fired = fired
    stages.weigh(&self.fired)
    findings = []
    tellers = []
    self.groups = groups
    self.index = index
    self.changedHolders = changedHolders
    self.lines = lines
    self.sourceEntries = sourceEntries
    self.summary = summary
    for index in keptDuplicates() { self.fired[index].severity = .info }
    let (findings, filtered) = stages.kept(self.fired, groups: groups)
    self.findings = findings
    self.summary.filtered = filtered
    tellers = Self.tellers(findings, groups: groups.count, context.ruleSet.rules)
  }

  /// Lets go of the unique values, which are not asked for again: another run needs the memory.
  package func releaseIndex() { index.release() }

  /// How many findings there are.
  public var findingCount: Int { findings.count }

  /// What is said of the object at `position`.
  package func findings(at position: Int) -> ArraySlice<FindingRecord> {
    let end = findings.lastIndexInOrder { $0.position <= position }.map { $0 + 1 } ?? 0
    let start = findings.lastIndexInOrder { $0.position < position }.map { $0 + 1 } ?? 0
    return findings[start..<end]
  }

  /// The sources as reports name them.
  public var sources: [SourceSummary] {
    context.sources.indices.map { index in
      SourceSummary(
        name: context.sources[index].name, forest: context.sources[index].forest,
        directory: checks[index].kind.rawValue, entries: sourceEntries[index],
        bytes: context.sources[index].input.file.size)
    }
  }

  /// Whether some object has the attribute called `name`, which the run must have read or noticed.
  public func hasAttribute(_ name: String) -> Bool {
    guard let attribute = context.ruleSet.table.find(name) else { return false }
    return checks.contains { $0.inventory.contains(attribute) }
  }

  /// Findings rendered at once by one thread.
  private static let blockSize = 512
  /// Blocks for each thread that are rendered before they are written: what is in memory of a
  /// report, however long it is.
  private static let blocksPerWave = 8

  /// Renders all findings and hands them to `consume`, object by object, in their total order.
  ///
  /// `render` turns the findings of some objects into whatever is to be kept of them; it is called
  /// by several threads. `consume` gets the results in order and returns whether to go on.
  public func render<Output: Sendable>(
    _ render: @Sendable (_ objects: [[Finding]], _ isFirst: Bool) -> Output,
    consume: (Output) -> Bool
  ) {
    let blocks = self.blocks()
    let explainers = Explainers(self)
    let size = Self.blocksPerWave * context.options.threads
    var start = 0
    while start < blocks.count {
      let wave = blocks[start..<min(start + size, blocks.count)]
      let outputs = renderWave(Array(wave), isFirstWave: start == 0, explainers, render)
      for output in outputs where !consume(output) { return }
      start += wave.count
    }
  }

  /// Passes all findings through `stages`, renders them as `render(_:consume:)` does, and counts
  /// them: the summary that comes back is complete. When `consume` says not to go on, the rest is
  /// counted all the same.
  public func report<Output: Sendable>(
    through stages: FindingStages = FindingStages(),
    _ render: @Sendable (_ objects: [[Finding]], _ isFirst: Bool) -> Output,
    consume: (Output) -> Bool
  ) -> RunSummary {
    let isWanted = Atomic(true)
    var total = Tally(stages.shape)
    self.render { objects, isFirst in
      var objects = objects
      let tally = stages.pass(&objects)
      return (tally, isWanted.load(ordering: .relaxed) ? render(objects, isFirst) : nil)
    } consume: { tally, output in
      total.add(tally)
      if let output, isWanted.load(ordering: .relaxed), !consume(output) {
        isWanted.store(false, ordering: .relaxed)
      }
      return true
    }
    var summary = summary
    summary.problems += troubles.filter { !summary.problems.contains($0) }
    return worded(stages.summary(summary, total))
  }

  /// What has become of the sources since they were opened: one that is not what it was, or cannot be
  /// read any more. What was found, and what is made of it, is then of no one state of it.
  public var troubles: [Problem] { context.troubles }

  /// The complete summary, of what nobody reads.
  public func counted(through stages: FindingStages = FindingStages()) -> RunSummary {
    report(through: stages) { _, _ in
    } consume: { _ in
      true
    }
  }

  /// Ranges of findings that end where an object ends.
  private func blocks() -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start = 0
    while start < findings.count {
      var end = min(start + Self.blockSize, findings.count)
      while end < findings.count, findings[end].position == findings[end - 1].position { end += 1 }
      blocks.append(start..<end)
      start = end
    }
    return blocks
  }

  private func renderWave<Output: Sendable>(
    _ blocks: [Range<Int>], isFirstWave: Bool, _ explainers: Explainers,
    _ render: @Sendable (_ objects: [[Finding]], _ isFirst: Bool) -> Output
  ) -> [Output] {
    let results = Slots<Output>(count: blocks.count)
    Workers.run(threads: context.options.threads, count: blocks.count) { _, next in
      explainers.use { explainer in
        while let number = next() {
          let objects = explainer.objects(blocks[number])
          results.set(number, render(objects, isFirstWave && number == 0))
        }
      }
    }
    return results.all
  }
}

/// Explainers that serve one wave after the other.
private final class Explainers: Sendable {
  private struct Idle: @unchecked Sendable {
    var explainer: Explainer
  }

  private let result: LintResult
  private let idle = Mutex<[Idle]>([])

  init(_ result: LintResult) { self.result = result }

  /// Hands an explainer that no other thread uses now to `body`.
  func use(_ body: (inout Explainer) -> Void) {
    var own = idle.withLock { $0.popLast() } ?? Idle(explainer: Explainer(result))
    body(&own.explainer)
    let done = own
    idle.withLock { $0.append(done) }
  }
}
