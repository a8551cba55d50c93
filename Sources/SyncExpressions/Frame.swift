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

  init(slotCount: Int, arena: ByteArena) {
    self.slotCount = slotCount
    self.arena = arena
  }

  subscript(slot: Int) -> Slot {
    get { slots.isEmpty ? .empty : slots[slot] }
    set {
      if slots.isEmpty { slots = Array(repeating: .empty, count: slotCount) }
      slots[slot] = newValue
    }
  }
}
