import Dispatch
import Findings
import LDIF
import Synchronization

/// How far a source has come that is still being written while it is checked.
///
/// One thread writes whole records and says how far they go; those that check take each chunk as
/// soon as the last record that begins in it is there. One more thread may wait for the beginning.
public final class SourceArrival: Sendable {
  private struct State {
    /// Chunks whose records are all there.
    var ready = 0
    var taken = 0
    var hasHead = false
    var isFinished = false
    var problems: [Problem] = []
  }

  private let state = Mutex(State())
  /// Counts the chunks that are ready and not taken, and one more when all of them are.
  private let chunks = DispatchSemaphore(value: 0)
  /// Goes up with all news.
  private let news = DispatchSemaphore(value: 0)

  /// A source of which nothing is there yet.
  public init() {}

  // MARK: Writing

  /// Says that the first `bytes` of the source are there and end with a whole record. The comments
  /// at its head are there with the first record.
  public func advance(to bytes: Int) {
    let new = state.withLock { state in
      state.hasHead = state.hasHead || bytes > 0
      let before = state.ready
      // A record that begins before the end of a chunk ends before `bytes` when the chunk does.
      state.ready = max(before, bytes / ChunkReader.chunkSize)
      return state.ready - before
    }
    tell(chunks: new)
  }

  /// Says that all of the source is there, `size` bytes, or all that will be because of `problems`.
  /// Its file must have been settled.
  public func finish(size: Int, problems: [Problem] = []) {
    let new = state.withLock { state in
      let before = state.ready
      state.ready = max(before, ChunkReader.chunkCount(size: size))
      state.isFinished = true
      state.problems = problems
      return state.ready - before
    }
    tell(chunks: new + 1)
  }

  private func tell(chunks new: Int) {
    for _ in 0..<new { chunks.signal() }
    news.signal()
  }

  // MARK: Reading

  /// The number of the next chunk, as soon as it is there; nil after the last.
  func nextChunk() -> Int? {
    chunks.wait()
    let number = state.withLock { state -> Int? in
      guard state.taken < state.ready else { return nil }
      state.taken += 1
      return state.taken - 1
    }
    // Another thread that waits is to learn of the end as well.
    if number == nil { chunks.signal() }
    return number
  }

  /// Waits until the comments at the head are there. For one thread at a time.
  func waitForHead() { wait { $0.hasHead } }

  /// Waits until `count` chunks are there. For one thread at a time.
  func wait(chunks count: Int) { wait { $0.ready >= count } }

  private func wait(until isEnough: (borrowing State) -> Bool) {
    while !state.withLock({ $0.isFinished || isEnough($0) }) { news.wait() }
  }

  /// What went wrong, once all is there.
  var problems: [Problem] { state.withLock { $0.problems } }
}
