import Bytes

/// Questions about values; those about null are the parser's own.
enum EvaluationFunctions {
  static let all: [Function] = [
    Function("IsBitSet", .one(.number), .one(.number), gives: .of(.bool)) {
      value, flag, _ throws(EvaluationError) in
      guard let value = try value.number("IsBitSet"), let flag = try flag.number("IsBitSet") else {
        return .bool(false)
      }
      return .bool(value & flag != 0)
    },
    Function("IsDate", .one(.all), gives: .of(.bool)) { value, _ throws(EvaluationError) in
      switch value {
      case .date: return .bool(true)
      case .text(let text): return .bool(DateText.parse(text) != nil)
      default: return .bool(false)
      }
    },
    Function("IsEmpty", .one(.all), gives: .of(.bool)) { value, _ throws(EvaluationError) in
      if case .text(let text) = value { return .bool(text.isEmpty) }
      return .bool(false)
    },
    Function("IsGuid", .one(.string), gives: .of(.bool)) { value, _ throws(EvaluationError) in
      .bool(try value.text("IsGuid").flatMap(GUIDText.parse) != nil)
    },
    Function("IsNumeric", .one(.all), gives: .of(.bool)) { value, _ throws(EvaluationError) in
      switch value {
      case .number: return .bool(true)
      case .text(let text): return .bool(Numerals.parse(text) != nil)
      default: return .bool(false)
      }
    },
    Function("IsString", .one(.all), gives: .of(.bool)) { value, _ throws(EvaluationError) in
      switch value {
      case .number, .bool: return .bool(true)
      case .text(let text): return .bool(Text.isValid(text))
      default: return .bool(false)
      }
    },
  ]
}
