/// Operands and the operators between them, without parentheses.
struct OperatorChain {
  var operands: [Node]
  var operators: [(op: Operator, offset: Int)] = []

  init(first: Node) { operands = [first] }

  mutating func add(_ op: Operator, at offset: Int, _ operand: Node) {
    operators.append((op, offset))
    operands.append(operand)
  }

  /// Whether the documentation's rule, strictly from left to right, is another possible reading.
  ///
  /// It is when the tree differs and its types fit. Where they do not, as in all default rules,
  /// it cannot be meant. `= True` changes nothing in either reading.
  var isAmbiguous: Bool {
    var levels: [Int] = []
    for (index, item) in operators.enumerated() {
      if item.op == .equal, case .bool(true)? = operands[index + 1].literal { continue }
      levels.append(item.op.precedence)
    }
    guard zip(levels, levels.dropFirst()).contains(where: { $0 < $1 }) else { return false }
    var type = operands[0].type
    for (item, operand) in zip(operators, operands.dropFirst()) {
      guard case .success(let result) = item.op.result(type, operand.type) else { return false }
      type = result
    }
    return true
  }
}

extension Parser {
  /// The tree of a chain by precedence, left-associative inside a level.
  mutating func fold(_ chain: OperatorChain) throws(ExpressionError) -> Node {
    var values = [chain.operands[0]]
    var pending: [(op: Operator, offset: Int)] = []
    for (item, operand) in zip(chain.operators, chain.operands.dropFirst()) {
      while let top = pending.last, top.op.precedence >= item.op.precedence {
        try reduce(&values, &pending)
      }
      pending.append(item)
      values.append(operand)
    }
    while !pending.isEmpty { try reduce(&values, &pending) }
    if chain.isAmbiguous, let first = chain.operators.first {
      warn(
        "read strictly from left to right, as Entra Connect's documentation has it, these operators "
          + "give another result; add parentheses", at: first.offset)
    }
    return values[0]
  }

  private mutating func reduce(
    _ values: inout [Node], _ pending: inout [(op: Operator, offset: Int)]
  ) throws(ExpressionError) {
    let item = pending.removeLast()
    let right = values.removeLast()
    let left = values.removeLast()
    switch item.op.result(left.type, right.type) {
    case .failure(let mismatch): throw error(mismatch.message, at: item.offset)
    case .success(let type):
      note(item.op, left, right, at: item.offset)
      let node = Node(Self.kind(item.op, left, right), type, at: item.offset)
      values.append(try checked(node))
    }
  }

  private mutating func note(_ op: Operator, _ left: Node, _ right: Node, at offset: Int) {
    if op == .divide { warn("/ is not among the documented operators", at: offset) }
    if op.isComparison, left.type.kind == .null || right.type.kind == .null {
      warn("a comparison with NULL is never True; use IsNull", at: offset)
    }
  }

  /// Chains of one logical operator or of `&` become one flat node, so that long ones stay shallow.
  private static func kind(_ op: Operator, _ left: Node, _ right: Node) -> Node.Kind {
    switch op {
    case .and, .or:
      let isAnd = op == .and
      if case .logical(isAnd, let nodes) = left.kind {
        return .logical(isAnd: isAnd, nodes + [right])
      }
      return .logical(isAnd: isAnd, [left, right])
    case .concatenate:
      if case .concatenation(let nodes) = left.kind { return .concatenation(nodes + [right]) }
      return .concatenation([left, right])
    case .add, .subtract, .multiply, .divide: return .arithmetic(op, left, right)
    default: return .comparison(op, left, right)
    }
  }
}
