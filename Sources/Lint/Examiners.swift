import Sync

/// Looks at objects of a run by turns, as those do that share addresses. Few hold more values than it
/// takes to read an object again; those are held, each by an examiner of its own, so that two objects
/// with thousands of addresses in common are not read thousands of times. One per thread.
final class Examiners {
  /// Objects with more values than that are held, so many at a time.
  private static let manyValues = 64
  private static let maximumHeld = 64

  private let result: LintResult
  private var free: Examiner
  private var held: [Int: Examiner] = [:]
  /// The positions of what is held, and the number of the one that goes next.
  private var positions: [Int] = []
  private var next = 0

  /// Examiners for the objects of `result`.
  init(_ result: LintResult) {
    self.result = result
    free = result.examiner()
  }

  /// What holds the object at `position`, until the next call; nil when it is no longer there.
  func examiner(at position: Int) -> Examiner? {
    if let known = held[position], known.read(position) { return known }
    guard free.read(position) else { return nil }
    let examiner = free
    guard examiner.entry.storedValues > Self.manyValues else { return examiner }
    if positions.count < Self.maximumHeld {
      positions.append(position)
      free = result.examiner()
    } else {
      free = held.removeValue(forKey: positions[next]) ?? result.examiner()
      positions[next] = position
      next = (next + 1) % Self.maximumHeld
    }
    held[position] = examiner
    return examiner
  }
}
