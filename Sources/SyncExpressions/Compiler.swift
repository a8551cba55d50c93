import Bytes
import Directory

/// Turns typed nodes into closures.
///
/// There are two views of a node: its value, and whether it is True. The second has shapes of its
/// own (`Compiler+Truth.swift`) because conditions run on every object of a directory. A node that
/// works value by value over lists is compiled in a `Mapping` (`Compiler+Mapping.swift`).
struct Compiler<Subject: Attributes> {
  /// Code that gives an `R` for an object.
  typealias Code<R> = @Sendable (Subject, inout Frame) throws(EvaluationError) -> R

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

  var table: AttributeTable
  private(set) var attributes: [AttributeID] = []
  var slotCount: Int
  var lazyVariables: [Int: ValueCode] = [:]
  /// How many bodies of `Select` and `Where` stand around what is compiled.
  var bodies = 0

  init(table: AttributeTable, slotCount: Int) {
    self.table = table
    self.slotCount = slotCount
  }

  mutating func need(
    _ syntax: AttributeSyntax, _ need: AttributeTable.Need = .values
  ) -> AttributeID {
    let id = table.need(syntax.name, need)
    if !attributes.contains(id) { attributes.append(id) }
    return id
  }

  mutating func newSlot() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  /// The value of `node`; inside `mapping`, for the value at hand.
  mutating func value(_ node: Node, in mapping: Mapping? = nil) -> Code<ExpressionValue> {
    let code: Code<ExpressionValue>
    if let mapping {
      if !node.isMulti {
        code = invariant(node, in: mapping)
      } else {
        code = node.isMapped ? operation(node, in: mapping) : leaf(node, in: mapping)
      }
    } else {
      code = node.isMapped ? mapped(node) : operation(node, in: nil)
      if bodies == 0 { return code }
    }
    // It runs for each value of a list, and counts.
    return { subject, frame throws(EvaluationError) in
      try frame.take(1)
      return try code(subject, &frame)
    }
  }

  /// The node's own operation on operands compiled in `mapping`.
  mutating func operation(_ node: Node, in mapping: Mapping?) -> Code<ExpressionValue> {
    switch node.kind {
    case .literal(let value): return { _, _ throws(EvaluationError) in value }
    case .attribute(let syntax): return attribute(syntax)
    case .distinguishedName: return { subject, _ throws(EvaluationError) in .text(subject.dn) }
    case .domain(let asDN): return domain(asDN: asDN)
    case .variable(let variable): return self.variable(variable)
    case .negate(let inner): return negation(inner, in: mapping)
    case .arithmetic(let op, let left, let right): return arithmetic(op, left, right, in: mapping)
    case .concatenation(let nodes): return concatenation(nodes, in: mapping)
    case .comparison, .logical, .presence:
      let truth = truthOperation(node, in: mapping)
      return { subject, frame throws(EvaluationError) in .bool(try truth(subject, &frame)) }
    case .choice(let condition, let yes, let no): return choice(condition, yes, no, in: mapping)
    case .cases(let cases): return self.cases(cases, in: mapping)
    case .select(let item, let list, let body): return select(item, list, body)
    case .filter(let item, let list, let condition): return filter(item, list, condition)
    case .with(let variable, let bound, let body): return with(variable, bound, body)
    case .raise(let message): return raise(message, in: mapping)
    case .valueCount(let syntax):
      let id = need(syntax, .count)
      return { subject, _ throws(EvaluationError) in .number(Int64(subject.count(id))) }
    case .call(let function, let arguments): return call(function, arguments, in: mapping)
    }
  }

  // MARK: Leaves

  private func domain(asDN: Bool) -> Code<ExpressionValue> {
    { subject, frame throws(EvaluationError) in
      try frame.take(.text(subject.dn))
      return DirectoryFunctions.domain(of: subject.dn, asDN: asDN, frame.arena).map { .text($0) }
        ?? .null
    }
  }

  private mutating func attribute(_ syntax: AttributeSyntax) -> Code<ExpressionValue> {
    let id = need(syntax)
    let type = syntax.type
    if type.isMultiValued || type.kind == .any {
      let isAny = !type.isMultiValued
      return { subject, frame throws(EvaluationError) in
        if isAny, subject.count(id) < 2 { return subject.first(id).map { .text($0) } ?? .null }
        try frame.take(subject.count(id))
        var values: [ExpressionValue] = []
        values.reserveCapacity(subject.count(id))
        let isBinary = type.kind == .binary
        subject.forEach(id) { values.append(isBinary ? .binary($1) : .text($1)) }
        return .list(values)
      }
    }
    switch type.kind {
    case .number:
      let code = numberAttribute(syntax)
      return { subject, frame throws(EvaluationError) in
        try code(subject, &frame).map { .number($0) } ?? .null
      }
    case .bool:
      return { subject, _ throws(EvaluationError) in
        guard let bytes = subject.first(id) else { return .null }
        return .bool(try ExpressionValue.text(bytes).truth("Boolean attribute") ?? false)
      }
    case .binary:
      return { subject, _ throws(EvaluationError) in subject.first(id).map { .binary($0) } ?? .null
      }
    default:
      return { subject, _ throws(EvaluationError) in subject.first(id).map { .text($0) } ?? .null }
    }
  }

  private func variable(_ variable: Variable) -> Code<ExpressionValue> {
    let slot = variable.slot
    let lazy = lazyVariables[slot]
    return { subject, frame throws(EvaluationError) in
      if case .one(let value) = frame[slot] { return value }
      guard let lazy else { return .null }
      let value = try lazy.run(subject, &frame)
      frame[slot] = .one(value)
      return value
    }
  }

  // MARK: Operators

  private mutating func negation(_ inner: Node, in mapping: Mapping?) -> Code<ExpressionValue> {
    let inner = value(inner, in: mapping)
    return { subject, frame throws(EvaluationError) in
      guard let number = try inner(subject, &frame).number("-") else { return .null }
      return .number(try NumberFunctions.compute(.subtract, 0, number))
    }
  }

  private mutating func arithmetic(
    _ op: Operator, _ left: Node, _ right: Node, in mapping: Mapping?
  ) -> Code<ExpressionValue> {
    let left = value(left, in: mapping)
    let right = value(right, in: mapping)
    return { subject, frame throws(EvaluationError) in
      let a = try left(subject, &frame).number("arithmetic")
      let b = try right(subject, &frame).number("arithmetic")
      guard let a, let b else { return .null }
      return .number(try NumberFunctions.compute(op, a, b))
    }
  }

  /// Null counts as nothing; only nulls give null.
  private mutating func concatenation(
    _ nodes: [Node], in mapping: Mapping?
  ) -> Code<ExpressionValue> {
    let codes = nodes.map { ValueCode(run: value($0, in: mapping)) }
    return { subject, frame throws(EvaluationError) in
      var bytes: [UInt8] = []
      var isNull = true
      var isBinary = true
      for code in codes {
        let value = try code.run(subject, &frame)
        guard let piece = try value.bytes("&") else { continue }
        if case .text = value { isBinary = false }
        isNull = false
        bytes.append(contentsOf: piece)
        try TextFunctions.checkSize(bytes.count, "&")
      }
      if isNull { return .null }
      let view = frame.arena.copy(bytes)
      let result: ExpressionValue = isBinary ? .binary(view) : .text(view)
      try frame.take(result)
      return result
    }
  }
}
