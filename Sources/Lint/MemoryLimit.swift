import Checks
import LDIF

/// How much memory a run may take, and where it puts the unique values that do not fit.
///
/// The unique values are what grows with a directory; they get what the rest of a run leaves. What
/// grows with the findings (24 bytes for each, a plan of repairs) comes on top.
public struct MemoryLimit: Sendable, Equatable {
  /// Bytes in all.
  public var bytes: Int
  /// The folder for what does not fit: the files there have no names.
  public var folder: String

  /// A limit of `bytes` bytes with a `folder` for the rest.
  public init(bytes: Int, folder: String) {
    self.bytes = bytes
    self.folder = folder
  }

  /// What the program and its rules take.
  private static let base = 26 << 20
  /// What a thread takes for its pieces of the sources and of the reports.
  private static let perThread = 5 << 20

  /// The smallest limit in bytes with which a run on `threads` threads can work.
  public static func smallest(threads: Int) -> Int {
    base + threads * (perThread + 2 * IndexRoom.smallest)
  }

  /// The largest record that each of `workers` workers reads, in bytes: they may all meet one, and what
  /// is read of it takes as much again.
  func largestRecord(workers: Int) -> Int {
    min(max(bytes / (4 * max(workers, 1)), 1 << 20), ChunkReader.maximumBlock)
  }

  /// The room for the unique values of each of `workers` workers.
  func room(workers: Int, sources: [LintSource]) -> IndexRoom {
    // The places whose line numbers are known.
    let places = sources.reduce(0) { $0 + $1.input.file.size / ChunkReader.checkpointDistance }
    let left =
      bytes - Self.base - workers * Self.perThread
      - places * MemoryLayout<ChunkReader.Checkpoint>.stride
    // Looking for what is equal takes some more for each thread, of which each has a partition.
    let share = left / workers * 100 / (100 + workers)
    return IndexRoom(bytes: max(share, IndexRoom.smallest), folder: folder)
  }
}
