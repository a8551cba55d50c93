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
    run(threads: min(threads, count)) { worker in body(worker, next) }
  }

  /// Runs `body` once per thread; at least once.
  static func run(threads: Int, _ body: @Sendable (_ worker: Int) -> Void) {
    if threads <= 1 {
      body(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: threads, execute: body)
    }
  }
}
