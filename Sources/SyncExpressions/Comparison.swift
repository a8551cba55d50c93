import Bytes

/// Comparison of two values. Null compares to nothing: the result is False.
enum Comparison {
  /// Whether `op` holds.
  static func holds(
    _ op: Operator, _ left: ExpressionValue, _ right: ExpressionValue
  ) throws(EvaluationError) -> Bool {
    guard let order = try order(left, right) else { return false }
    return holds(op, order)
  }

  /// Whether `op` holds for two numbers.
  @inline(__always)
  static func holds(_ op: Operator, _ left: Int64, _ right: Int64) -> Bool {
    switch op {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .notEqual: left != right
    default: left == right
    }
  }

  /// Whether `op` holds for things in the order -1, 0 or 1.
  static func holds(_ op: Operator, _ order: Int) -> Bool { holds(op, Int64(order), 0) }

  /// -1, 0 or 1, or nil when one is null.
  private static func order(
    _ left: ExpressionValue, _ right: ExpressionValue
  ) throws(EvaluationError) -> Int? {
    switch (left, right) {
    case (.null, _), (_, .null): return nil
    case (.text(let a), .text(let b)): return Text.compare(a, b)
    case (.number, _), (_, .number):
      guard let a = try left.number("comparison"), let b = try right.number("comparison") else {
        return nil
      }
      return a < b ? -1 : a == b ? 0 : 1
    case (.bool, _), (_, .bool):
      guard let a = try left.truth("comparison"), let b = try right.truth("comparison") else {
        return nil
      }
      return a == b ? 0 : a ? 1 : -1
    case (.date(let a), .date(let b)): return a < b ? -1 : a == b ? 0 : 1
    case (.binary(let a), .binary(let b)), (.binary(let a), .text(let b)),
      (.text(let a), .binary(let b)):
      return a.elementsEqual(b) ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    default:
      throw EvaluationError("comparison: \(left.words) and \(right.words) cannot be compared")
    }
  }
}
