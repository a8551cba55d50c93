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
    let found = Mutex<[(groups: [HolderGroup], findings: [DuplicateFinding])]>([])
    let copies = Mutex<Set<Int>>([])
    Workers.run(threads: context.options.threads, count: partitions.count) { _, next in
      let examiner = context.examiner(masters)
      var resolver = DuplicateResolver(evaluator: examiner.evaluator, hash: context.hash)
      var repeated = ObjectCopies(context)
      do throws(SystemError) {
        while let number = next() {
          try collisions(partitions[number]) { collision in
            if collision.isOfIdentity { return repeated.add(collision) }
            resolver.resolve(collision) { position in
              guard examiner.read(position) else { return nil }
              let source = context.map.locate(position).source
              return DuplicateResolver.Reading(
                forest: context.forests[source], checks: checks[source])
            }
          }
        }
      } catch {
        failure.withLock { $0 = error }
      }
      let mine = (resolver.groups, resolver.findings)
      found.withLock { $0.append(mine) }
      let positions = repeated.positions
      copies.withLock { $0.formUnion(positions) }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    var result = Self.merge(found.withLock { $0 })
    result.copies = copies.withLock { $0 }.sorted()
    return result
  }

  private static func merge(
    _ parts: [(groups: [HolderGroup], findings: [DuplicateFinding])]
  ) -> Result {
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
    return Result(records: records, groups: groups)
  }
}
