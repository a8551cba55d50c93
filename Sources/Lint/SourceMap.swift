import Bytes
import LDIF

/// Where the sources lie in the run: positions count their bytes one after the other.
package struct SourceMap: Sendable {
  /// The position of each source's first byte, and one past the last.
  private let starts: [Int]

  /// Positions kept for a source whose size is not known when the run begins: 256 GB of LDIF, of
  /// the 16 TB that a position can name.
  static let roomOfArrival = 1 << 38

  init(_ sources: [LintSource]) {
    var starts = [0]
    for source in sources { starts.append((starts.last ?? 0) + Self.room(of: source)) }
    self.starts = starts
  }

  private static func room(of source: LintSource) -> Int {
    // One more than the size, so that an empty source has a place as well.
    source.arrival == nil ? source.input.file.size + 1 : roomOfArrival
  }

  /// The position of the first byte of source number `source`.
  package func start(of source: Int) -> Int { starts[source] }

  /// The number of the source that has `position`, and the offset in it.
  package func locate(_ position: Int) -> (source: Int, offset: Int) {
    var low = 0
    var high = starts.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= position { low = middle } else { high = middle }
    }
    return (low, position - starts[low])
  }
}

/// The line numbers of a source, from the checkpoints of its chunks, which it shares.
package struct LineTable: Sendable {
  private struct Part {
    var baseLine: Int
    var checkpoints: [ChunkReader.Checkpoint]
  }

  private var parts: [Part] = []

  /// A table from the chunks of a source in order.
  init(_ chunks: [ChunkReader.Chunk]) {
    var base = 1
    for chunk in chunks {
      if !chunk.checkpoints.isEmpty {
        parts.append(Part(baseLine: base, checkpoints: chunk.checkpoints))
      }
      base += chunk.lines
    }
  }

  /// The nearest known place at or before `offset`: its offset and line number, from 1.
  func nearest(_ offset: Int) -> (offset: Int, line: Int)? {
    guard let part = parts.lastIndexInOrder(where: { $0.checkpoints[0].offset <= offset }) else {
      return nil
    }
    let checkpoints = parts[part].checkpoints
    let place = checkpoints.lastIndexInOrder { $0.offset <= offset } ?? 0
    return (checkpoints[place].offset, parts[part].baseLine + checkpoints[place].line)
  }
}
