import Bytes
import Checks
import Synchronization
import System

/// The unique values of a run, for as long as they may be asked for.
final class KeptIndex: Sendable {
  private let index: Mutex<FinishedIndex?>

  /// Keeps `index`, or nothing.
  init(_ index: FinishedIndex?) { self.index = Mutex(index) }

  /// Lets go of it.
  func release() { index.withLock { $0 = nil } }

  /// Those of the objects that hold a value with one of the kept hashes in `wanted`, all of partition
  /// `number`, for whose positions `counts` holds; none when nothing is kept. Throws when a file cannot be
  /// read.
  func holders(
    of wanted: [KeptHash], in number: Int, where counts: (Int) -> Bool
  ) throws(SystemError) -> [KeptHash: [Int]] {
    guard let index = index.withLock({ $0 }) else { return [:] }
    return try index.holders(of: wanted, in: number, where: counts)
  }
}
