import Checks
import Directory
import LDIF
import System

/// Reads objects again by their positions in the run.
struct ObjectReader: ~Copyable {
  private let context: RunContext
  private let table: AttributeTable
  /// Whether the reader sees what the run has seen: another table may need what is no value.
  private let isOfRun: Bool
  /// By source.
  private var readers: [OpenReader?]

  /// A reader that an array can hold.
  private final class OpenReader {
    var reader: ChunkReader

    init(_ reader: consuming ChunkReader) { self.reader = reader }
  }

  /// A reader of the attributes of `table`, those of the run unless given.
  init(_ context: RunContext, table: AttributeTable? = nil) {
    self.context = context
    self.table = table ?? context.ruleSet.table
    isOfRun = table == nil
    readers = Array(repeating: nil, count: context.sources.count)
  }

  /// Fills `entry` with the object at `position`; false when it is no longer there.
  mutating func read(_ position: Int, into entry: Entry) -> Bool {
    if let state = context.changed[position] {
      state.load(into: entry)
      return true
    }
    return readSource(position, into: entry)
  }

  /// Fills `entry` with the object at `position` as its source has it; false when it is no longer
  /// there or no longer the same, which is noted of its source.
  mutating func readSource(_ position: Int, into entry: Entry) -> Bool {
    let (source, offset) = context.map.locate(position)
    let file = context.sources[source].input.file
    do throws(SystemError) {
      guard case .entry = try open(source).reader.readBlock(at: offset, into: entry) else {
        if isOfRun { file.note(.changed) }
        return false
      }
    } catch {
      file.note(.unreadable(error))
      return false
    }
    return context.isAsRead(context.hash.checksum(entry.record), at: position)
  }

  /// The line of the object at `position`, from 1.
  mutating func line(_ position: Int, _ tables: [LineTable]) -> Int? {
    let (source, offset) = context.map.locate(position)
    guard let place = tables[source].nearest(offset) else { return nil }
    let count = try? open(source).reader.lines(from: place.offset, to: offset)
    return count.map { place.line + $0 }
  }

  private mutating func open(_ source: Int) -> OpenReader {
    if let reader = readers[source] { return reader }
    let reader = OpenReader(
      ChunkReader(
        file: context.sources[source].input.file, table: table,
        maximumBlock: context.largestRecord))
    readers[source] = reader
    return reader
  }
}
