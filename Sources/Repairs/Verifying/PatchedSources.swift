import Bytes
import Checks
import Directory
import LDIF
import LibC
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

  /// The sources with `objects` changed, which are in the order of their positions, and what those
  /// that are not as they were are made of.
  func apply(
    _ objects: [ObjectEdit]
  ) throws(SystemError) -> (sources: [LintSource], stretches: [FileStretches?]) {
    var result: [LintSource] = []
    var stretches: [FileStretches?] = []
    var bySource: [Int: [ObjectEdit]] = [:]
    for object in objects { bySource[object.source, default: []].append(object) }
    for number in context.sources.indices {
      var source = context.sources[number]
      var patched: FileStretches?
      if let mine = bySource[number] {
        let stretches = try patch(source.input, number, mine)
        source.input = LDIFInput(file: ReadableFile(stretches: stretches), firstByte: 0)
        patched = stretches
      }
      // What was wrong with the input has been said of the source itself.
      source.problems = []
      result.append(source)
      stretches.append(patched)
    }
    return (result, stretches)
  }

  private func patch(
    _ input: LDIFInput, _ source: Int, _ objects: [ObjectEdit]
  ) throws(SystemError) -> FileStretches {
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
    for record in records {
      // Where records end is of the second reading, where they begin of the first.
      guard done <= record.before.lowerBound, record.before.upperBound <= input.file.size else {
        throw Self.changed(input.file)
      }
      stretches.append(done..<record.before.lowerBound, of: 0)
      stretches.append(record.now, of: 1, insteadOf: record.before.lowerBound)
      done = record.before.upperBound
    }
    stretches.append(done..<max(done, input.file.size), of: 0)
    return stretches
  }

  /// The error of a `file` that is not what it was, which is noted of it.
  private static func changed(_ file: ReadableFile) -> SystemError {
    file.note(.changed)
    return SystemError(operation: "read again", code: ESTALE)
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
    let start = context.map.start(of: source)
    return Workers.map(
      objects.count, blockSize: Self.blockSize, threads: context.options.threads
    ) {
      PlacedRecordReader(input.file, hash: context.hash)
    } block: { reader, range in
      var block = Block()
      do throws(SystemError) {
        for object in objects[range] {
          let begin = block.text.count
          let placed = try reader.read(at: object.position - start)
          guard context.isAsRead(placed.checksum, at: object.position) else {
            throw Self.changed(input.file)
          }
          // What cannot be read as a whole stays as it is.
          guard let record = placed.record else { continue }
          LDIFWriter().write(Self.changed(record, object), to: &block.text)
          block.moved.append((placed.range, begin..<block.text.count))
        }
      } catch {
        block.failure = error
      }
      return block
    }
  }

  private static func changed(_ record: ContentRecord, _ object: ObjectEdit) -> ContentRecord {
    var record = record
    for modification in object.modifications {
      // A record is what it was when the plan was made, so nothing stands against its edits.
      try? record.change(modification.attribute, anyForm: true) {
        values throws(EditObjection) in
        try modification.applied(to: values, as: .inPlace)
      }
    }
    return record
  }
}
