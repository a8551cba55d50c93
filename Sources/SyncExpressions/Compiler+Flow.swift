import Bytes
import Directory

// Choices, variables and errors. Branches are evaluated only when chosen.
extension Compiler {
  mutating func choice(
    _ condition: Node, _ yes: Node, _ no: Node, in mapping: Mapping?
  ) -> Code<ExpressionValue> {
    let condition = truth(condition, in: mapping)
    let yes = value(yes, in: mapping)
    let no = value(no, in: mapping)
    return { subject, frame throws(EvaluationError) in
      try condition(subject, &frame) ? try yes(subject, &frame) : try no(subject, &frame)
    }
  }

  /// All conditions are evaluated, as documented, but only the chosen value.
  mutating func cases(
    _ cases: [(condition: Node, value: Node)], in mapping: Mapping?
  ) -> Code<ExpressionValue> {
    var codes: [(condition: Code<Bool>, value: Code<ExpressionValue>)] = []
    for item in cases {
      codes.append((truth(item.condition, in: mapping), value(item.value, in: mapping)))
    }
    let all = codes
    return { subject, frame throws(EvaluationError) in
      var chosen: Int?
      for (index, item) in all.enumerated() {
        if try item.condition(subject, &frame), chosen == nil { chosen = index }
      }
      guard let chosen else { return .null }
      return try all[chosen].value(subject, &frame)
    }
  }

  mutating func raise(_ message: Node, in mapping: Mapping?) -> Code<ExpressionValue> {
    let message = value(message, in: mapping)
    return { subject, frame throws(EvaluationError) in
      let text = try message(subject, &frame).text("Error") ?? .empty
      throw EvaluationError("the expression raised \(Quoted(text))", isRaised: true)
    }
  }

  mutating func select(
    _ item: Variable, _ list: Node, _ body: Node
  ) -> Code<ExpressionValue> {
    let list = value(list)
    bodies += 1
    let body = value(body)
    bodies -= 1
    let slot = item.slot
    return { subject, frame throws(EvaluationError) in
      var results: [ExpressionValue] = []
      for value in try list(subject, &frame).values {
        frame[slot] = .one(value)
        let values = try body(subject, &frame).values
        try frame.makeList(values.count)
        results.append(contentsOf: values)
      }
      return .list(results)
    }
  }

  mutating func filter(
    _ item: Variable, _ list: Node, _ condition: Node
  ) -> Code<ExpressionValue> {
    let list = value(list)
    bodies += 1
    let condition = truth(condition)
    bodies -= 1
    let slot = item.slot
    return { subject, frame throws(EvaluationError) in
      var results: [ExpressionValue] = []
      for value in try list(subject, &frame).values {
        frame[slot] = .one(value)
        guard try condition(subject, &frame) else { continue }
        try frame.makeList(1)
        results.append(value)
      }
      return .list(results)
    }
  }

  /// The bound part is evaluated when it is first read, and once.
  mutating func with(
    _ variable: Variable, _ bound: Node, _ body: Node
  ) -> Code<ExpressionValue> {
    let slot = variable.slot
    lazyVariables[slot] = ValueCode(run: value(bound))
    let body = value(body)
    return { subject, frame throws(EvaluationError) in
      frame[slot] = .empty
      return try body(subject, &frame)
    }
  }
}
