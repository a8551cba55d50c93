import Bytes
import Checks
import Directory
import LDIF
import Lint
import System

/// Applies a plan to the sources, so that what comes of it can be linted like any file. Only the changed
/// records are written anew; the rest is read where it is.
struct PatchedSources {
  private let context: RunContext
  private let folder: String

  init(_ context: RunContext, spoolFolder: String) {
    self.context = context
    folder = spoolFolder
  }

  /// The sources with `objects` changed, which are in the order of their positions, and where their
  /// objects were.
  func apply(
    _ objects: [ObjectEdit]
  ) throws(SystemError) -> (sources: [LintSource], origins: PositionMap) {
    var result: [LintSource] = []
    var origins = PositionMap(sources: context.sources.count)
    var bySource: [Int: [ObjectEdit]] = [:]
    for object in objects { bySource[object.source, default: []].append(object) }
    for number in context.sources.indices {
      var source = context.sources[number]
      if let mine = bySource[number] {
        let file = try patch(source.input, number, mine, &origins)
        source.input = LDIFInput(file: file, firstByte: 0)
      }
      // What was wrong with the input has been said of the source itself.
      source.problems = []
      result.append(source)
    }
    return (result, origins)
  }

  private func patch(
    _ input: LDIFInput, _ source: Int, _ objects: [ObjectEdit], _ origins: inout PositionMap
  ) throws(SystemError) -> ReadableFile {
    let target = try Spool.make(in: folder)
    let changed: ReadableFile
    let records: [(before: Range<Int>, now: Range<Int>)]
    do throws(SystemError) {
      records = try write(input, source, objects, to: target)
      changed = try ReadableFile(adopting: target)
    } catch {
      Spool.close(target)
      throw error
    }
    var stretches = FileStretches(files: [input.file, changed])
    var done = input.firstByte
    origins.append(source: source, now: 0, before: done)
    for record in records {
      stretches.append(done..<record.before.lowerBound, of: 0)
      origins.append(source: source, now: stretches.count, before: record.before.lowerBound)
      stretches.append(record.now, of: 1)
      done = record.before.upperBound
      origins.append(source: source, now: stretches.count, before: done)
    }
    stretches.append(done..<input.file.size, of: 0)
    return ReadableFile(stretches: stretches)
  }

  /// Where a changed record was in the source, and where it is in the file of the changed ones.
  private typealias Moved = (before: Range<Int>, now: Range<Int>)

  /// What became of some objects, one after the other.
  private struct Block: Sendable {
    var text = OutputBuffer()
    var moved: [Moved] = []
    var failure: SystemError?
  }

  /// Objects that a thread takes at a time, and those of which the text is in memory at a time.
  private static let blockSize = 256
  private static let waveSize = 16 * blockSize

  /// Writes what has become of `objects` to `target`. Returns where each was in `input`, and where
  /// it is now.
  private func write(
    _ input: LDIFInput, _ source: Int, _ objects: [ObjectEdit], to target: Int32
  ) throws(SystemError) -> [Moved] {
    var result: [Moved] = []
    var written = 0
    for start in stride(from: 0, to: objects.count, by: Self.waveSize) {
      let wave = Array(objects[start..<min(start + Self.waveSize, objects.count)])
      for block in render(wave, of: input, source) {
        if let failure = block.failure { throw failure }
        try block.text.withByteView { (bytes) throws(SystemError) in
          try Spool.write(bytes, to: target)
        }
        for moved in block.moved {
          let now = moved.now
          result.append((moved.before, (written + now.lowerBound)..<(written + now.upperBound)))
        }
        written += block.text.count
      }
    }
    return result
  }

  private func render(
    _ objects: [ObjectEdit], of input: LDIFInput, _ source: Int
  ) -> [Block] {
    Workers.map(objects.count, blockSize: Self.blockSize, threads: context.options.threads) {
      RecordCopier(input, start: context.map.start(of: source))
    } block: { copier, range in
      var block = Block()
      do throws(SystemError) {
        for object in objects[range] {
          let begin = block.text.count
          let before = try copier.copy(object, to: &block.text)
          block.moved.append((before, begin..<block.text.count))
        }
      } catch {
        block.failure = error
      }
      return block
    }
  }
}

/// Reads records of a source and writes what becomes of them. One per thread.
private struct RecordCopier {
  private let start: Int
  private let entry = Entry(table: AttributeTable())
  private var reader: ChunkReader
  private let window: FileWindow

  /// A copier of records in `input`, whose first byte is at `start` of the run.
  init(_ input: LDIFInput, start: Int) {
    self.start = start
    reader = ChunkReader(file: input.file, table: AttributeTable())
    window = FileWindow(file: input.file, capacity: 1 << 14)
  }

  /// Appends the record of `object` as it becomes; returns where it is in the source.
  mutating func copy(
    _ object: ObjectEdit, to text: inout OutputBuffer
  ) throws(SystemError) -> Range<Int> {
    let begin = object.position - start
    _ = try reader.readBlock(at: begin, into: entry)
    let end = reader.nextOffset
    try window.load(at: begin, count: end - begin)
    for var record in ContentReader.read(window.bytes).records {
      for modification in object.modifications {
        // A record is what it was when the plan was made, so nothing stands against its edits.
        try? record.change(modification.attribute, anyOptions: true) {
          values throws(EditObjection) in
          try modification.applied(to: values, as: .inPlace)
        }
      }
      LDIFWriter().write(record, to: &text)
    }
    return begin..<end
  }
}
