import Directory
import Sync
import Synchronization

/// Looks through all sources for the accounts that linked mailboxes wait for.
struct SIDSweep {
  private let context: RunContext

  init(_ context: RunContext) { self.context = context }

  /// Those of `wanted` that are some object's objectSid.
  func accounts(wanted: Set<[UInt8]>) -> Set<[UInt8]> {
    let chunks = context.chunks
    let found = Mutex<Set<[UInt8]>>([])
    Workers.run(threads: context.options.threads, count: chunks.count) { _, next in
      var table = AttributeTable()
      let sid = table.need(ObjectView.accountAttribute)
      let entry = Entry(table: table)
      var mine: Set<[UInt8]> = []
      let reader = SourceReader(
        context.sources, table: table, largestRecord: context.largestRecord)
      while let number = next() {
        // That a chunk cannot be read is noted of its source.
        _ = try? reader.forEachEntry(
          ofChunk: chunks[number].number, of: chunks[number].source, into: entry
        ) { _ in
          if let bytes = entry.first(sid)?.array, wanted.contains(bytes),
            !DistinguishedName.isOfDeletedObject(entry.dn)
          {
            mine.insert(bytes)
          }
          return true
        }
      }
      let result = mine
      found.withLock { $0.formUnion(result) }
    }
    return found.withLock { $0 }
  }
}
