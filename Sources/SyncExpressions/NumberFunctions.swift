/// Arithmetic on bits, in signed 64-bit numbers.
enum NumberFunctions {
  static let all: [Function] = [
    Function("BitAnd", .one(.number), .one(.number), gives: .of(.number)) {
      left, right, _ throws(EvaluationError) in
      guard let left = try left.number("BitAnd"), let right = try right.number("BitAnd") else {
        return .null
      }
      return .number(left & right)
    },
    Function("BitOr", .one(.number), .one(.number), gives: .of(.number)) {
      left, right, _ throws(EvaluationError) in
      guard let left = try left.number("BitOr"), let right = try right.number("BitOr") else {
        return .null
      }
      return .number(left | right)
    },
  ]

  /// The result of `op`, or an error where 64 bits do not hold it.
  static func compute(
    _ op: Operator, _ left: Int64, _ right: Int64
  ) throws(EvaluationError) -> Int64 {
    let result: (partialValue: Int64, overflow: Bool)
    switch op {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    default:
      guard right != 0 else { throw EvaluationError("/: division by zero") }
      result = left.dividedReportingOverflow(by: right)
    }
    guard !result.overflow else {
      throw EvaluationError("\(op.rawValue): the result does not fit in 64 bits")
    }
    return result.partialValue
  }
}
