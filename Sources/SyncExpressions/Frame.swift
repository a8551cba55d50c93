import Bytes

/// What one evaluation remembers: the lists that are being mapped, variables, cached parts.
///
/// Nothing is allocated until an expression that maps or binds is reached.
struct Frame {
  enum Slot {
    case empty
    case one(ExpressionValue)
    case list([ExpressionValue])
    /// A list that could not be read; the error is thrown when a value is wanted.
    case failed(EvaluationError)
  }

  private(set) var slots: [Slot] = []
  /// Which value of the lists is at hand.
  var index = 0
  private let slotCount: Int

  /// Where values that are made live.
  let arena: ByteArena
  /// What may still be done.
  private var left: Work

  init(slotCount: Int, arena: ByteArena, work: Work) {
    self.slotCount = slotCount
    self.arena = arena
    left = work
    left.bytes += arena.mark.bytes
  }

  /// Counts that `steps` values were looked at. Throws when it is more than may be.
  @inline(__always)
  mutating func take(_ steps: Int) throws(EvaluationError) {
    left.steps &-= steps
    if left.steps < 0 { throw .tooMuchWork }
  }

  /// Counts the bytes of what is looked at or was made, and the places of a list.
  mutating func take(_ value: ExpressionValue) throws(EvaluationError) {
    switch value {
    case .text(let bytes), .binary(let bytes): try take(bytes.count / Work.bytesPerStep)
    case .list(let values):
      var steps = values.count
      for case .text(let bytes) in values { steps += bytes.count / Work.bytesPerStep }
      try take(steps)
    default: return
    }
    if arena.mark.bytes > left.bytes { throw .tooMuchMemory }
  }

  /// Counts a list of `count` values that is made.
  mutating func makeList(_ count: Int) throws(EvaluationError) {
    left.bytes &-= count * MemoryLayout<ExpressionValue>.stride
    if arena.mark.bytes > left.bytes { throw .tooMuchMemory }
    try take(count)
  }

  subscript(slot: Int) -> Slot {
    get { slots.isEmpty ? .empty : slots[slot] }
    set {
      if slots.isEmpty { slots = Array(repeating: .empty, count: slotCount) }
      slots[slot] = newValue
    }
  }
}
