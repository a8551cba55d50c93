import Bytes
import LDIF

/// The line numbers of a source, from the checkpoints of its chunks, which it shares.
package struct LineTable: Sendable {
  private struct Part {
    var baseLine: Int
    var checkpoints: [ChunkReader.Checkpoint]
  }

  private var parts: [Part] = []

  /// A table from what the chunks of a source gave, in order.
  init(_ outputs: [ChunkOutput]) {
    for output in outputs where !output.chunk.checkpoints.isEmpty {
      parts.append(Part(baseLine: output.firstLine, checkpoints: output.chunk.checkpoints))
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
