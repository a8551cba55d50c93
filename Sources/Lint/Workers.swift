import Synchronization
import System

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

  /// Cuts `count` pieces of work into blocks of `blockSize`, has threads do them, and returns what comes
  /// of each block, in order. `makeWorker` makes what a thread works with, which is its own.
  package static func map<Worker, Output: Sendable>(
    _ count: Int, blockSize: Int, threads: Int, with makeWorker: @Sendable () -> Worker,
    block: @Sendable (_ worker: inout Worker, _ range: Range<Int>) -> Output
  ) -> [Output] {
    let blocks = (count + blockSize - 1) / blockSize
    let outputs = Slots<Output>(count: blocks)
    run(threads: threads, count: blocks) { _, next in
      var worker = makeWorker()
      while let number = next() {
        let start = number * blockSize
        outputs.set(number, block(&worker, start..<min(start + blockSize, count)))
      }
    }
    return outputs.all
  }

  /// Runs `body` once per thread; at least once.
  static func run(threads: Int, _ body: @Sendable (_ worker: Int) -> Void) {
    Threads.run(threads, body)
  }
}
