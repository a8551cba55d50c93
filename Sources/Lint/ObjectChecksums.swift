import Bytes
import Findings
import LDIF

/// The checksums of those records that are read again, as they were when they were read first.
///
/// A source may be overwritten while a run reads it. Size and time of a file tell that afterwards; what
/// is read again is compared at once, so that nothing is said, and nothing computed, of a record that is
/// another now.
struct ObjectChecksums: Sendable {
  /// The checksum of a record in a chunk.
  struct Mark: Sendable {
    /// Where the record begins, in bytes from the chunk's nominal beginning.
    var offset: UInt32
    var checksum: UInt32
  }

  /// By source and chunk, in the order of the records.
  private var chunks: [[[Mark]]] = []
  /// Of records that were of no interest before others turned out to have a value of theirs, by
  /// position, ascending.
  private var others: [(position: Int, checksum: UInt32)] = []

  /// None.
  init() {}

  /// Those that `outputs` have, of chunks of `sources` sources.
  init(_ outputs: [ChunkOutput], sources: Int) {
    chunks = Array(repeating: [], count: sources)
    for index in outputs.indices.sorted(by: { outputs[$0].number < outputs[$1].number }) {
      add(outputs[index])
    }
  }

  /// Adds those of a chunk. A block that begins in it may have records in all that follow.
  private mutating func add(_ output: ChunkOutput) {
    var rest = output.checksums[...]
    while let first = rest.first, let last = rest.last {
      let passed = Int(first.offset) / ChunkReader.chunkSize
      let number = output.number + passed
      let missing = number + 1 - chunks[output.source].count
      if missing > 0 { chunks[output.source] += Array(repeating: [], count: missing) }
      if last.offset < ChunkReader.chunkSize, chunks[output.source][number].isEmpty {
        // As nearly always; the array is shared.
        chunks[output.source][number] = output.checksums
        return
      }
      let start = UInt32(passed * ChunkReader.chunkSize)
      let end = rest.firstIndex { $0.offset - start >= ChunkReader.chunkSize } ?? rest.endIndex
      chunks[output.source][number] += rest[..<end].lazy.map {
        Mark(offset: $0.offset - start, checksum: $0.checksum)
      }
      rest = rest[end...]
    }
  }

  /// Adds those of `records`, in any order and perhaps several times.
  mutating func add(_ records: [(position: Int, checksum: UInt32)]) {
    others += records
    others.sort { $0.position < $1.position }
    var last = -1
    others.removeAll { record in
      defer { last = record.position }
      return record.position == last
    }
  }

  /// The checksum of the record at `offset` of source number `source`, which is at `position` in the
  /// run; nil when it was not asked for.
  func checksum(source: Int, offset: Int, position: Int) -> UInt32? {
    let number = offset / ChunkReader.chunkSize
    if chunks.indices.contains(source), chunks[source].indices.contains(number) {
      let marks = chunks[source][number]
      let place = UInt32(offset - number * ChunkReader.chunkSize)
      if let index = marks.lastIndexInOrder(where: { $0.offset <= place }),
        marks[index].offset == place
      {
        return marks[index].checksum
      }
    }
    guard let index = others.lastIndexInOrder(where: { $0.position <= position }),
      others[index].position == position
    else { return nil }
    return others[index].checksum
  }
}

extension RunContext {
  /// Whether the record at `position`, which has `checksum` now, is what it was when it was read first,
  /// as far as that is known. That it is not is noted of its source.
  package func isAsRead(_ checksum: UInt32, at position: Int) -> Bool {
    let (source, offset) = map.locate(position)
    let known = checksums.checksum(source: source, offset: offset, position: position)
    guard known == nil || known == checksum else {
      sources[source].input.file.note(.changed)
      return false
    }
    return true
  }

  /// Notes of each source that it has changed when it has other numbers of entries now than `before`.
  package func compare(_ entries: [Int], with before: [Int]?) {
    guard let before else { return }
    for source in sources.indices where entries[source] != before[source] {
      sources[source].input.file.note(.changed)
    }
  }

  /// What has become of the sources since they were opened.
  var troubles: [Problem] {
    sources.compactMap { source in
      guard let trouble = source.input.file.trouble else { return nil }
      let message =
        switch trouble {
        case .changed:
          "the file changed while it was read, so what was found is of no one state of it; run "
            + "again on a file that stays as it is"
        case .unreadable(let error): "cannot be read again: \(error.reason)"
        }
      return Problem(kind: .unreadable, message: message, source: source.name)
    }
  }
}
