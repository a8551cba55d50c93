import Bytes

/// Where objects of changed sources were before the change: only what follows a changed object has
/// moved, all of it by as much.
struct PositionMap: Sendable {
  /// From `now` on, up to the next stretch, what is at `now` was at `before`.
  private struct Stretch: Sendable {
    var now: Int
    var before: Int
  }

  private var stretches: [[Stretch]]

  /// Nothing has moved in `sources` sources.
  init(sources: Int) {
    stretches = Array(repeating: [], count: sources)
  }

  /// Notes that what is at the offset `now` of `source` was at `before`; offsets ascend.
  mutating func append(source: Int, now: Int, before: Int) {
    stretches[source].append(Stretch(now: now, before: before))
  }

  /// The former offset of what is now at `offset` of `source`.
  func before(_ offset: Int, source: Int) -> Int {
    let list = stretches[source]
    guard let index = list.lastIndexInOrder(where: { $0.now <= offset }) else { return offset }
    return list[index].before + offset - list[index].now
  }
}
