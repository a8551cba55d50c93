import Checks
import Findings
import Synchronization

/// Checks sources while they are still being written, one of them after the other.
///
/// What is to be checked in a source follows from the comments at its head and, where they do not
/// tell what kind of directory it is, from its first objects. Whatever needs more than that comes
/// when all of it is there: duplicates, the accounts of linked mailboxes, and the whole pass once
/// more where the objects turned out to carry something that was not asked for.
struct ArrivalPass {
  /// What was found of the sources, their comments included.
  private(set) var context: RunContext
  /// By source.
  private(set) var probes: [SourceProbe]
  private(set) var passes: [ChunkPass] = []

  /// Checks everything in `context`, of whose sources those that are there at once are as `probes`
  /// say. `probe` has a look at the beginning of another one.
  init(
    _ context: RunContext, _ probes: [SourceProbe], probe: (LintSource) -> SourceProbe
  ) {
    self.context = context
    self.probes = probes
    var files = context.sources.indices.filter { context.sources[$0].arrival == nil }
      .flatMap { context.chunks(of: $0) }
    for index in context.sources.indices {
      guard let arrival = context.sources[index].arrival else { continue }
      self.probes[index] = Self.beginning(context.sources[index], arrival, context, probe)
      let checks = context.checks(self.probes)
      passes += check(checks, files: files, then: index, arrival)
      files = []
      self.context.update(context.sources[index].arrived(arrival), number: index)
    }
  }

  /// What `source` is, from as little of it as possible.
  private static func beginning(
    _ source: LintSource, _ arrival: SourceArrival, _ context: RunContext,
    _ probe: (LintSource) -> SourceProbe
  ) -> SourceProbe {
    arrival.waitForHead()
    let source = source.withHeadComments()
    if let known = SourceProbe(comments: source, ruleSet: context.ruleSet) { return known }
    arrival.wait(chunks: SourceProbe.chunks)
    return probe(source)
  }

  /// Checks the chunks `files`, which are there, and those of source `index` as they come.
  private func check(
    _ checks: [SourceChecks], files: [(source: Int, number: Int)], then index: Int,
    _ arrival: SourceArrival
  ) -> [ChunkPass] {
    let taken = Atomic<Int>(0)
    return LintRun.passes(context, checks, masters: nil, threads: context.options.threads) {
      let file = taken.wrappingAdd(1, ordering: .relaxed).oldValue
      if file < files.count { return files[file] }
      return arrival.nextChunk().map { (index, $0) }
    }
  }
}

extension LintSource {
  /// The source when all of it is there: with what its comments say in the end.
  fileprivate func arrived(_ arrival: SourceArrival) -> LintSource {
    var source = withSnapshotComments()
    source.problems += arrival.problems
    if input.file.size >= SourceMap.roomOfArrival {
      source.problems.append(
        Problem(
          kind: .incomplete,
          message: "it is too large to be checked at once; read its parts one by one with --base",
          source: name))
    }
    return source
  }
}
