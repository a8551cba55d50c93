import Dispatch
import Synchronization

/// Runs numbered pieces of work on some threads, each thread taking the next number.
package enum Workers {
  /// Runs `body` once per thread with a function that gives the next number, until none is left.
  package static func run(
    threads: Int, count: Int, _ body: @Sendable (_ worker: Int, _ next: () -> Int?) -> Void
  ) {
    let taken = Atomic<Int>(0)
    @Sendable func next() -> Int? {
      let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
      return number < count ? number : nil
    }
    let threads = max(1, min(threads, count))
    if threads == 1 {
      body(0, next)
    } else {
      DispatchQueue.concurrentPerform(iterations: threads) { body($0, next) }
    }
  }
}
