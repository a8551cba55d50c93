import Bytes
import Checks
import Directory
import LDIF
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
      var current: (source: Int, reader: ChunkReader)?
      while let number = next() {
        let chunk = chunks[number]
        if current?.source != chunk.source {
          let input = context.sources[chunk.source].input
          let reader = ChunkReader(file: input.file, table: table, firstByte: input.firstByte)
          current = (chunk.source, reader)
        }
        // A chunk that cannot be read has been reported by the pass before.
        _ = try? current?.reader.read(chunk: chunk.number, into: entry) { _, _, outcome, _ in
          if case .entry = outcome, let value = entry.first(sid) {
            let bytes = value.array
            if wanted.contains(bytes) { mine.insert(bytes) }
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
