import Bytes
import Checks
import Findings
import LDIF

/// What all parts of a run share.
package struct RunContext: Sendable {
  package let ruleSet: RuleSet
  package private(set) var sources: [LintSource]
  package let options: LintOptions
  let bases: BaseFilter
  package let map: SourceMap
  package let hash = KeyedHash()
  /// The number of each source's forest.
  let forests: [Int]
  /// Objects that are other than their sources have them, by position: a plan has changed them.
  package internal(set) var changed: [Int: ObjectState] = [:]

  init(
    ruleSet: RuleSet, sources: [LintSource], options: LintOptions, bases: BaseFilter
  ) {
    self.ruleSet = ruleSet
    self.sources = sources
    self.options = options
    self.bases = bases
    map = SourceMap(sources)
    var numbers: [String: Int] = [:]
    for source in sources where numbers[source.forest] == nil {
      numbers[source.forest] = numbers.count
    }
    forests = sources.map { numbers[$0.forest] ?? 0 }
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

  /// Whether the object at `position` is of the forest that the first source is of.
  package func isFirstForest(_ position: Int) -> Bool { forests[map.locate(position).source] == 0 }

  /// All chunks of all sources, in order.
  var chunks: [(source: Int, number: Int)] {
    sources.indices.flatMap { chunks(of: $0) }
  }

  /// All chunks of source number `source`, in order.
  func chunks(of source: Int) -> [(source: Int, number: Int)] {
    (0..<ChunkReader.chunkCount(size: sources[source].input.file.size)).map { (source, $0) }
  }
}

/// Reads objects again by their positions in the run.
package struct ObjectReader {
  private let context: RunContext
  /// By source.
  private var readers: [ChunkReader?]

  package init(_ context: RunContext) {
    self.context = context
    readers = Array(repeating: nil, count: context.sources.count)
  }

  /// Fills `judge`'s entry with the object at `position`; false when it is no longer there.
  package mutating func read(_ position: Int, into judge: Judge) -> Bool {
    if let state = context.changed[position] {
      state.load(into: judge.entry)
      return true
    }
    let (source, offset) = context.map.locate(position)
    openReader(source)
    guard let outcome = try? readers[source]?.readBlock(at: offset, into: judge.entry),
      case .entry = outcome
    else { return false }
    return true
  }

  /// The line of the object at `position`, from 1.
  mutating func line(_ position: Int, _ tables: [LineTable]) -> Int? {
    let (source, offset) = context.map.locate(position)
    guard let place = tables[source].nearest(offset) else { return nil }
    openReader(source)
    let count = try? readers[source]?.lines(from: place.offset, to: offset)
    return count.map { place.line + $0 }
  }

  private mutating func openReader(_ source: Int) {
    guard readers[source] == nil else { return }
    readers[source] = ChunkReader(
      file: context.sources[source].input.file, table: context.ruleSet.table)
  }
}
