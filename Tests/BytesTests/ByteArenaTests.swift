import TestKit
import Testing

@testable import Bytes

@Suite struct ByteArenaTests {
  @Test(arguments: [1, 7, 64, 64 * 1024])
  func viewsKeepTheirBytesUntilReset(_ blockSize: Int) {
    let arena = ByteArena(blockSize: blockSize)
    var dice = Dice(1)
    for _ in 0..<20 {
      var views: [(ByteView, [UInt8])] = []
      for _ in 0..<300 {
        let bytes = dice.bytes(dice.roll(200))
        let isView = dice.roll(2) == 0
        views.append((isView ? bytes.withByteView { arena.copy($0) } : arena.copy(bytes), bytes))
      }
      #expect(views.allSatisfy { $0.0.array == $0.1 })
      arena.reset()
    }
  }

  @Test func lessMayBeWrittenThanAskedFor() {
    let arena = ByteArena(blockSize: 100)
    let first = arena.make(capacity: 90) { target in
      target.update(repeating: 1, count: 3)
      return 3
    }
    let second = arena.make(capacity: 90) { target in
      target.update(repeating: 2, count: 90)
      return 90
    }
    #expect(first.array == [1, 1, 1])
    #expect(second.array == [UInt8](repeating: 2, count: 90))
    #expect(arena.make(capacity: 0) { _ in 0 }.isEmpty)
    #expect(arena.copy(ByteView.empty).isEmpty)
  }

  /// A view that is used too late shows it in debug builds, which tests are.
  @Test func whatWasHandedOutIsOverwritten() {
    let arena = ByteArena(blockSize: 64)
    let views = [arena.copy([1, 2, 3]), arena.copy([UInt8](repeating: 1, count: 70))]
    arena.reset()
    for view in views { #expect(view.allSatisfy { $0 == 0xAA }) }
  }

  /// What one large record took is given back, what the next needs as well is kept.
  @Test func memoryIsReusedAndGivenBack() {
    let arena = ByteArena(blockSize: 1024)
    func used() -> Int { arena.heldBytes }
    func take(_ count: Int) { _ = arena.make(capacity: count) { _ in count } }
    for _ in 0..<5 { take(1000) }
    let kept = used()
    #expect(kept == 5 * 1024)
    arena.reset()
    #expect(used() == kept)
    for _ in 0..<5 { take(1000) }
    #expect(used() == kept)
    take(50 << 20)
    for _ in 0..<100 { take(1000) }
    #expect(used() > 50 << 20)
    arena.reset()
    #expect(used() <= 8 * 1024)
    arena.reset()
    #expect(arena.copy([1, 2, 3]).array == [1, 2, 3])
  }
}

extension ByteArenaTests {
  @Test func whatCameAfterAMarkIsForgotten() {
    let arena = ByteArena(blockSize: 16)
    let kept = arena.copy(Array("kept".utf8))
    let mark = arena.mark
    _ = arena.copy([UInt8](repeating: 1, count: 10))
    _ = arena.copy([UInt8](repeating: 2, count: 100))
    #expect(arena.mark.bytes > mark.bytes)
    arena.forget(from: mark)
    #expect(arena.mark.bytes == mark.bytes)
    #expect(arena.copy([UInt8](repeating: 3, count: 8)).count == 8)
    #expect(kept.string == "kept")
  }
}
