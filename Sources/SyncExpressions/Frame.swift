import Bytes
import Directory

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

  init(slotCount: Int) { self.slotCount = slotCount }

  subscript(slot: Int) -> Slot {
    get { slots.isEmpty ? .empty : slots[slot] }
    set {
      if slots.isEmpty { slots = Array(repeating: .empty, count: slotCount) }
      slots[slot] = newValue
    }
  }
}

/// Compiled code that gives an `R` for an entry.
typealias Code<R> = @Sendable (Entry, inout Frame) throws(EvaluationError) -> R

// Code in an optional or an array. As an element of a generic type a closure would be wrapped in
// conversion functions, which cost more than most of the closures here.

/// Code for a condition.
struct TruthCode: Sendable { let run: Code<Bool> }

/// Code for a string, nil for null.
struct TextCode: Sendable { let run: Code<ByteView?> }

/// Code for a number, nil for null.
struct NumberCode: Sendable { let run: Code<Int64?> }

/// Code for any value.
struct ValueCode: Sendable { let run: Code<ExpressionValue> }
