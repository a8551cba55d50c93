import Directory
import LDIF

extension RunContext {
  /// Hands every entry of all sources to `body`, on all threads, with the attributes of `table`: what its
  /// thread has gathered, which begins as `nothing`, the entry, the number of its source, its offset there,
  /// and what was passed over in it. Returns what the threads have gathered, in no order.
  ///
  /// That a chunk cannot be read is noted of its source.
  func sweep<Part: Sendable>(
    _ table: AttributeTable, from nothing: Part,
    _ body: @Sendable (inout Part, Entry, _ source: Int, _ offset: Int, [RecordRemark]) -> Void
  ) -> [Part] {
    let chunks = chunks
    let parts = Slots<Part>(count: max(1, options.threads))
    Workers.run(threads: options.threads, count: chunks.count) { worker, next in
      let entry = Entry(table: table)
      let reader = SourceReader(sources, table: table, largestRecord: largestRecord)
      var part = nothing
      while let number = next() {
        let source = chunks[number].source
        _ = try? reader.forEachEntry(
          ofChunk: chunks[number].number, of: source, into: entry
        ) { offset, remarks in
          body(&part, entry, source, offset, remarks)
          return true
        }
      }
      parts.set(worker, part)
    }
    return parts.all
  }
}
