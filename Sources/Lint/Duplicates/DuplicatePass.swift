import Bytes
import Checks
import Findings
import Rules
import Synchronization
import System

/// Finds the duplicates among the unique values of all workers, partition by partition.
struct DuplicatePass {
  /// What was found.
  struct Result {
    /// In the total order.
    var records: [FindingRecord]
    var groups: [HolderGroup]
    /// The positions of the records that are another copy of an object, ascending.
    var copies: [Int] = []
    /// The checksums of the records of all holders, in any order.
    var checksums: [(position: Int, checksum: UInt32)] = []
  }

  /// What a worker has found.
  private struct Part: Sendable {
    var groups: [HolderGroup] = []
    var findings: [DuplicateFinding] = []
    var copies: [Int] = []
    var checksums: [(position: Int, checksum: UInt32)] = []
  }

  private let context: RunContext
  private let checks: [SourceChecks]
  private let masters: Set<[UInt8]>?

  init(_ context: RunContext, checks: [SourceChecks], masters: Set<[UInt8]>?) {
    self.context = context
    self.checks = checks
    self.masters = masters
  }

  /// Hands what collides in a partition to a function.
  typealias Collisions =
    @Sendable (_ partition: Int, (UniquenessIndex.Collision) -> Void) throws(SystemError) -> Void

  /// Looks through `index`. Throws when a part that is in a file cannot be read.
  func run(_ index: FinishedIndex) throws(SystemError) -> Result {
    try run(Array(0..<UniquenessIndex.partitionCount)) { number, body throws(SystemError) in
      try index.forEachCollision(in: number, body)
    }
  }

  /// Looks at `collisions` in `partitions`. Throws when they cannot be read.
  func run(_ partitions: [Int], collisions: Collisions) throws(SystemError) -> Result {
    let failure = Mutex<SystemError?>(nil)
    let found = Mutex<[Part]>([])
    Workers.run(threads: context.options.threads, count: partitions.count) { _, next in
      var waiting = Waiting(context, checks, context.examiner(masters))
      var repeated = ObjectCopies(context)
      do throws(SystemError) {
        while let number = next() {
          try collisions(partitions[number]) { collision in
            if collision.isOfIdentity { return repeated.add(collision) }
            waiting.add(collision)
          }
        }
      } catch {
        failure.withLock { $0 = error }
      }
      waiting.resolve()
      let resolver = waiting.resolver
      note(resolver.missing)
      let mine = Part(
        groups: resolver.groups, findings: resolver.findings, copies: repeated.positions,
        checksums: waiting.checksums)
      found.withLock { $0.append(mine) }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return Self.merge(found.withLock { $0 })
  }

  /// Notes of the sources of objects at `positions`, which have lost a value, that they have changed.
  private func note(_ positions: [Int]) {
    // Where objects are changed by a plan, some have lost what they had.
    guard context.changed.isEmpty else { return }
    for position in positions {
      context.sources[context.map.locate(position).source].input.file.note(.changed)
    }
  }

  /// Collisions that are decided together, so that an object with thousands of values is not read
  /// again for each of them.
  private struct Waiting {
    /// How many objects' values are waited for at least; some hundred bytes each.
    private static let minimum = 16_384

    private let context: RunContext
    private let checks: [SourceChecks]
    private let examiner: Examiner
    private(set) var resolver: DuplicateResolver
    /// The checksums of the records of holders.
    private(set) var checksums: [(position: Int, checksum: UInt32)] = []
    private var collisions: [UniquenessIndex.Collision] = []
    private var count = 0
    private var limit = Self.minimum

    init(_ context: RunContext, _ checks: [SourceChecks], _ examiner: Examiner) {
      self.context = context
      self.checks = checks
      self.examiner = examiner
      resolver = DuplicateResolver(evaluator: examiner.evaluator, hash: context.hash)
    }

    mutating func add(_ collision: UniquenessIndex.Collision) {
      collisions.append(collision)
      count += collision.positions.count
      if count >= limit { resolve() }
    }

    mutating func resolve() {
      var values = 0
      let known = resolver.groups.count
      var read: [(position: Int, checksum: UInt32)] = []
      resolver.resolve(collisions) { position in
        guard examiner.read(position) else { return nil }
        values += examiner.entry.storedValues
        if !examiner.entry.record.isEmpty {
          read.append((position, context.hash.checksum(examiner.entry.record)))
        }
        let source = context.map.locate(position).source
        return DuplicateResolver.Reading(forest: context.forests[source], checks: checks[source])
      }
      // What collides only by its hash is not read again.
      let holders = Set(resolver.groups[known...].lazy.flatMap(\.holders).map(\.position))
      checksums += read.filter { holders.contains($0.position) }
      collisions = []
      count = 0
      // Where the objects are so large that reading them is what it costs, more wait for the next time.
      limit = max(Self.minimum, values / 8)
    }
  }

  private static func merge(_ parts: [Part]) -> Result {
    var records: [FindingRecord] = []
    var groups: [HolderGroup] = []
    for part in parts {
      for finding in part.findings {
        let holder = part.groups[finding.group].holders[finding.holder]
        records.append(
          FindingRecord(
            Hit(rule: finding.rule, attribute: holder.attribute, ordinal: holder.ordinal),
            position: holder.position, group: groups.count + finding.group))
      }
      groups.append(contentsOf: part.groups)
    }
    records.sort(by: FindingRecord.precedes)
    return Result(
      records: records, groups: groups, copies: Set(parts.flatMap(\.copies)).sorted(),
      checksums: parts.flatMap(\.checksums))
  }
}
