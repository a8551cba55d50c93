/// A binary operator.
enum Operator: String, Sendable, CaseIterable {
  case less = "<"
  case lessOrEqual = "<="
  case notEqual = "<>"
  case equal = "="
  case greater = ">"
  case greaterOrEqual = ">="
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case concatenate = "&"
  case and = "&&"
  case or = "||"

  /// How tightly it binds. The documentation claims one level for all, which its own default rules
  /// contradict; these are VBA's levels.
  var precedence: Int {
    switch self {
    case .multiply, .divide: 6
    case .add, .subtract: 5
    case .concatenate: 4
    case .less, .lessOrEqual, .notEqual, .equal, .greater, .greaterOrEqual: 3
    case .and: 2
    case .or: 1
    }
  }

  var isComparison: Bool { precedence == 3 }

  /// The type of the result, or a message that says why the operands do not fit.
  func result(
    _ left: ExpressionType, _ right: ExpressionType
  ) -> Result<ExpressionType, OperandMismatch> {
    let multi = left.isMultiValued || right.isMultiValued
    func of(_ kind: ExpressionType.Kind) -> Result<ExpressionType, OperandMismatch> {
      .success(ExpressionType(kind, isMultiValued: multi))
    }
    switch self {
    case .add, .subtract, .multiply, .divide:
      return require(.number, left, right) ?? of(.number)
    case .and, .or: return require(.bool, left, right) ?? of(.bool)
    case .concatenate:
      if let mismatch = require([.string, .reference, .binary], left, right) { return mismatch }
      let isBinary = left.kind == .binary && right.kind == .binary
      if !isBinary, left.kind == .binary || right.kind == .binary {
        return left.kind == .any || right.kind == .any ? of(.any) : mismatch(left, right)
      }
      return of(isBinary ? .binary : .string)
    default: return compared(left, right) ?? of(.bool)
    }
  }

  private func require(
    _ kinds: Kinds, _ left: ExpressionType, _ right: ExpressionType
  ) -> Result<ExpressionType, OperandMismatch>? {
    for side in [left, right] where !kinds.accepts(side.kind) {
      return .failure(
        OperandMismatch(
          message: "\(rawValue) wants \(kinds.words), not \(side.kind.words)"
            + Conversion.hint(from: side.kind, to: kinds)))
    }
    return nil
  }

  private func compared(
    _ left: ExpressionType, _ right: ExpressionType
  ) -> Result<ExpressionType, OperandMismatch>? {
    if left.kind == .flow || right.kind == .flow { return mismatch(left, right) }
    let isLoose = [left.kind, right.kind].contains { $0 == .any || $0.fitsEverywhere }
    let textual: Set<ExpressionType.Kind> = [.string, .reference]
    let isSame =
      left.kind == right.kind || (textual.contains(left.kind) && textual.contains(right.kind))
    guard isLoose || isSame else { return mismatch(left, right) }
    if self != .equal, self != .notEqual, left.kind == .bool || right.kind == .bool {
      return .failure(OperandMismatch(message: "\(rawValue) has no meaning for a Boolean"))
    }
    return nil
  }

  private func mismatch(
    _ left: ExpressionType, _ right: ExpressionType
  ) -> Result<ExpressionType, OperandMismatch> {
    .failure(
      OperandMismatch(
        message: "\(rawValue) cannot join \(left.kind.words) and \(right.kind.words)"
          + Conversion.hint(left.kind, right.kind)))
  }
}

/// Why an operator cannot take its operands.
struct OperandMismatch: Error {
  var message: String
}

/// What to write where a type does not fit.
enum Conversion {
  /// "; use CNum", or nothing.
  static func hint(from kind: ExpressionType.Kind, to wanted: Kinds) -> String {
    switch kind {
    case .string where wanted.contains(.number): "; use CNum"
    case .string where wanted.contains(.reference): "; use CRef"
    case .string where wanted.contains(.date): "; use CDate"
    case .number where wanted.contains(.date): "; use DateFromNum"
    case .number where wanted.contains(.bool): "; use CBool"
    case .number where wanted.contains(.string), .bool where wanted.contains(.string),
      .reference where wanted.contains(.string):
      "; use CStr"
    case .date where wanted.contains(.string): "; use FormatDateTime"
    case .date where wanted.contains(.number): "; use NumFromDate"
    case .binary where wanted.contains(.string): "; use ConvertToBase64"
    default: ""
    }
  }

  /// The hint for the two sides of a comparison.
  static func hint(_ left: ExpressionType.Kind, _ right: ExpressionType.Kind) -> String {
    switch (left, right) {
    case (.string, .number), (.number, .string): "; use CNum or CStr"
    case (.bool, .string), (.string, .bool): "; write True and False without quotes"
    case (.bool, .number), (.number, .bool): "; use CBool"
    case (.date, .string), (.string, .date): "; use CDate"
    case (.date, .number), (.number, .date): "; use DateFromNum"
    default: ""
    }
  }
}
