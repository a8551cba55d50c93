import LibC
import Synchronization
import Testing

@testable import System

@Suite struct ThreadsTests {
  @Test(arguments: [0, 1, 2, 7, 64]) func eachNumberIsRunOnce(_ count: Int) {
    let seen = Mutex<[Int]>([])
    Threads.run(count) { number in seen.withLock { $0.append(number) } }
    #expect(seen.withLock { $0.sorted() } == Array(0..<max(1, count)))
  }

  @Test func threadsRunAtTheSameTime() {
    let arrived = Atomic<Int>(0)
    let met = Atomic<Int>(0)
    Threads.run(4) { _ in
      arrived.add(1, ordering: .sequentiallyConsistent)
      for _ in 0..<5_000 {
        guard arrived.load(ordering: .sequentiallyConsistent) < 4 else {
          met.add(1, ordering: .sequentiallyConsistent)
          return
        }
        usleep(1_000)
      }
    }
    let count = met.load(ordering: .sequentiallyConsistent)
    #expect(count == 4)
  }

  private final class Flag: Sendable {
    let isSet = Atomic<Bool>(false)
  }

  @Test func whatNobodyWaitsForRuns() throws {
    let flag = Flag()
    try Threads.detach { flag.isSet.store(true, ordering: .releasing) }
    for _ in 0..<5_000 where !flag.isSet.load(ordering: .acquiring) { usleep(1_000) }
    let hasRun = flag.isSet.load(ordering: .acquiring)
    #expect(hasRun)
  }
}
