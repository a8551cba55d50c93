import Bytes
import Directory
import Synchronization

/// Looks through all sources for entries below given names.
struct SubtreeSweep {
  private let context: RunContext

  init(_ context: RunContext) { self.context = context }

  /// Those of `tops`, which are normalised DNs, that some entry has or lies below.
  func present(_ tops: Set<[UInt8]>) -> Set<[UInt8]> {
    let chunks = context.chunks
    let found = Mutex<Set<[UInt8]>>([])
    Workers.run(threads: context.options.threads, count: chunks.count) { _, next in
      let table = AttributeTable()
      let entry = Entry(table: table)
      let reader = SourceReader(
        context.sources, table: table, largestRecord: context.largestRecord)
      while let number = next() {
        var open = found.withLock { tops.subtracting($0) }
        guard !open.isEmpty else { return }
        // That a chunk cannot be read is noted of its source.
        _ = try? reader.forEachEntry(
          ofChunk: chunks[number].number, of: chunks[number].source, into: entry
        ) { _, _ in
          Self.forEachTop(of: entry) { open.remove($0) }
          return !open.isEmpty
        }
        let rest = open
        found.withLock { $0.formUnion(tops.subtracting(rest)) }
      }
    }
    return found.withLock { $0 }
  }

  /// The entry's normalised name and those of all above it.
  private static func forEachTop(of entry: Entry, _ body: ([UInt8]) -> Void) {
    guard var name = try? DistinguishedName.normalise(entry.dn, into: entry.arena) else { return }
    body(name.array)
    // A comma in it always separates two levels.
    while let comma = name.firstIndex(of: UInt8(ascii: ",")) {
      name = name.from(comma + 1)
      body(name.array)
    }
  }
}
