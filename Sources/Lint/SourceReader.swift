import Directory
import LDIF
import System

/// Reads chunks of a run's sources, one after the other; the source read last stays open. One per
/// thread.
final class SourceReader {
  private let inputs: [LDIFInput]
  private let table: AttributeTable
  private var source = -1
  private var reader: ChunkReader?
  private let largestRecord: Int

  /// A reader of `sources` for the attributes of `table`, of records up to `largestRecord` bytes.
  init(_ sources: [LintSource], table: AttributeTable, largestRecord: Int) {
    inputs = sources.map(\.input)
    self.largestRecord = largestRecord
    self.table = table
  }

  /// Reads chunk `number` of source number `source`; see `ChunkReader.read(chunk:)`.
  func read(
    chunk number: Int, of source: Int, into entry: Entry,
    _ body: (Int, Int, RecordOutcome, [RecordRemark]) -> Bool
  ) throws(SystemError) -> ChunkReader.Chunk {
    if self.source != source {
      self.source = source
      reader = ChunkReader(
        file: inputs[source].file, table: table, firstByte: inputs[source].firstByte,
        maximumBlock: largestRecord)
    }
    return try reader?.read(chunk: number, into: entry, body) ?? ChunkReader.Chunk()
  }

  /// Hands every entry of the chunk to `body` with its offset, and what was passed over in it, until that
  /// returns false; whether it never did. That it cannot be read is noted of the source.
  func forEachEntry(
    ofChunk number: Int, of source: Int, into entry: Entry,
    _ body: (Int, [RecordRemark]) -> Bool
  ) throws(SystemError) -> Bool {
    var goesOn = true
    do throws(SystemError) {
      _ = try read(chunk: number, of: source, into: entry) { offset, _, outcome, remarks in
        if case .entry = outcome { goesOn = body(offset, remarks) }
        return goesOn
      }
    } catch {
      inputs[source].file.note(.unreadable(error))
      throw error
    }
    return goesOn
  }
}
