import Bytes
import Directory

// Functions, on arguments whose size counts: what they do is at most some passes over them.
extension Compiler {
  mutating func call(
    _ function: Function, _ arguments: [Node], in mapping: Mapping?
  ) -> Code<ExpressionValue> {
    var codes: [ValueCode] = []
    for (parameter, argument) in zip(function.parameters, arguments) {
      let isWhole = parameter.takesList
      let code =
        if isWhole, let mapping {
          cached(argument, in: mapping)
        } else {
          value(argument, in: isWhole ? nil : mapping)
        }
      codes.append(argument.literal == nil ? Self.sized(code) : ValueCode(run: code))
    }
    let code = Self.applied(function, codes)
    return { subject, frame throws(EvaluationError) in
      let result = try code(subject, &frame)
      try frame.take(result)
      if case .list(let values) = result { try frame.makeList(values.count) }
      return result
    }
  }

  /// An argument, whose size counts.
  private static func sized(_ code: @escaping Code<ExpressionValue>) -> ValueCode {
    ValueCode { subject, frame throws(EvaluationError) in
      let value = try code(subject, &frame)
      try frame.take(value)
      return value
    }
  }

  /// The function's own code on its arguments.
  private static func applied(
    _ function: Function, _ codes: [ValueCode]
  ) -> Code<ExpressionValue> {
    switch function.code {
    case .one(let body):
      let a = codes[0].run
      return { e, f throws(EvaluationError) in try body(try a(e, &f), f.arena) }
    case .two(let body):
      let (a, b) = (codes[0].run, codes[1].run)
      return { e, f throws(EvaluationError) in try body(try a(e, &f), try b(e, &f), f.arena) }
    case .three(let body):
      let (a, b, c) = (codes[0].run, codes[1].run, codes[2].run)
      return { e, f throws(EvaluationError) in
        try body(try a(e, &f), try b(e, &f), try c(e, &f), f.arena)
      }
    case .four(let body):
      let (a, b, c, d) = (codes[0].run, codes[1].run, codes[2].run, codes[3].run)
      return { e, f throws(EvaluationError) in
        try body(try a(e, &f), try b(e, &f), try c(e, &f), try d(e, &f), f.arena)
      }
    }
  }
}
