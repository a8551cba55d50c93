import Bytes
import Directory

/// Turns typed nodes into closures.
///
/// There are two views of a node: its value, and whether it is True. The second has shapes of its
/// own (`Compiler+Truth.swift`) because conditions run on every object of a directory. A node that
/// works value by value over lists is compiled in a `Mapping` (`Compiler+Mapping.swift`).
struct Compiler {
  var table: AttributeTable
  private(set) var attributes: [AttributeID] = []
  var slotCount: Int
  var lazyVariables: [Int: ValueCode] = [:]

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
    guard let mapping else {
      return node.isMapped ? mapped(node) : operation(node, in: nil)
    }
    if !node.isMulti { return invariant(node, in: mapping) }
    return node.isMapped ? operation(node, in: mapping) : leaf(node, in: mapping)
  }

  /// The node's own operation on operands compiled in `mapping`.
  mutating func operation(_ node: Node, in mapping: Mapping?) -> Code<ExpressionValue> {
    switch node.kind {
    case .literal(let value): return { _, _ throws(EvaluationError) in value }
    case .attribute(let syntax): return attribute(syntax)
    case .distinguishedName: return { entry, _ throws(EvaluationError) in .text(entry.dn) }
    case .domain(let asDN): return domain(asDN: asDN)
    case .variable(let variable): return self.variable(variable)
    case .negate(let inner): return negation(inner, in: mapping)
    case .arithmetic(let op, let left, let right): return arithmetic(op, left, right, in: mapping)
    case .concatenation(let nodes): return concatenation(nodes, in: mapping)
    case .comparison, .logical, .presence:
      let truth = truthOperation(node, in: mapping)
      return { entry, frame throws(EvaluationError) in .bool(try truth(entry, &frame)) }
    case .choice(let condition, let yes, let no): return choice(condition, yes, no, in: mapping)
    case .cases(let cases): return self.cases(cases, in: mapping)
    case .select(let item, let list, let body): return select(item, list, body)
    case .filter(let item, let list, let condition): return filter(item, list, condition)
    case .with(let variable, let bound, let body): return with(variable, bound, body)
    case .raise(let message): return raise(message, in: mapping)
    case .valueCount(let syntax):
      let id = need(syntax, .count)
      return { entry, _ throws(EvaluationError) in .number(Int64(entry.count(id))) }
    case .call(let function, let arguments): return call(function, arguments, in: mapping)
    }
  }

  // MARK: Leaves

  private func domain(asDN: Bool) -> Code<ExpressionValue> {
    { entry, _ throws(EvaluationError) in
      DirectoryFunctions.domain(of: entry.dn, asDN: asDN, entry.arena).map { .text($0) } ?? .null
    }
  }

  private mutating func attribute(_ syntax: AttributeSyntax) -> Code<ExpressionValue> {
    let id = need(syntax)
    let type = syntax.type
    if type.isMultiValued || type.kind == .any {
      let isAny = !type.isMultiValued
      return { entry, _ throws(EvaluationError) in
        if isAny, entry.count(id) < 2 { return entry.first(id).map { .text($0) } ?? .null }
        var values: [ExpressionValue] = []
        values.reserveCapacity(entry.count(id))
        let isBinary = type.kind == .binary
        entry.forEach(id) { values.append(isBinary ? .binary($1) : .text($1)) }
        return .list(values)
      }
    }
    switch type.kind {
    case .number:
      let code = numberAttribute(syntax)
      return { entry, frame throws(EvaluationError) in
        try code(entry, &frame).map { .number($0) } ?? .null
      }
    case .bool:
      return { entry, _ throws(EvaluationError) in
        guard let bytes = entry.first(id) else { return .null }
        return .bool(try ExpressionValue.text(bytes).truth("Boolean attribute") ?? false)
      }
    case .binary:
      return { entry, _ throws(EvaluationError) in entry.first(id).map { .binary($0) } ?? .null }
    default:
      return { entry, _ throws(EvaluationError) in entry.first(id).map { .text($0) } ?? .null }
    }
  }

  private func variable(_ variable: Variable) -> Code<ExpressionValue> {
    let slot = variable.slot
    let lazy = lazyVariables[slot]
    return { entry, frame throws(EvaluationError) in
      if case .one(let value) = frame[slot] { return value }
      guard let lazy else { return .null }
      let value = try lazy.run(entry, &frame)
      frame[slot] = .one(value)
      return value
    }
  }

  // MARK: Operators

  private mutating func negation(_ inner: Node, in mapping: Mapping?) -> Code<ExpressionValue> {
    let inner = value(inner, in: mapping)
    return { entry, frame throws(EvaluationError) in
      guard let number = try inner(entry, &frame).number("-") else { return .null }
      return .number(try NumberFunctions.compute(.subtract, 0, number))
    }
  }

  private mutating func arithmetic(
    _ op: Operator, _ left: Node, _ right: Node, in mapping: Mapping?
  ) -> Code<ExpressionValue> {
    let left = value(left, in: mapping)
    let right = value(right, in: mapping)
    return { entry, frame throws(EvaluationError) in
      let a = try left(entry, &frame).number("arithmetic")
      let b = try right(entry, &frame).number("arithmetic")
      guard let a, let b else { return .null }
      return .number(try NumberFunctions.compute(op, a, b))
    }
  }

  /// Null counts as nothing; only nulls give null.
  private mutating func concatenation(
    _ nodes: [Node], in mapping: Mapping?
  ) -> Code<ExpressionValue> {
    let codes = nodes.map { ValueCode(run: value($0, in: mapping)) }
    return { entry, frame throws(EvaluationError) in
      var bytes: [UInt8] = []
      var isNull = true
      var isBinary = true
      for code in codes {
        let value = try code.run(entry, &frame)
        guard let piece = try value.bytes("&") else { continue }
        if case .text = value { isBinary = false }
        isNull = false
        bytes.append(contentsOf: piece)
        try TextFunctions.checkSize(bytes.count, "&")
      }
      if isNull { return .null }
      let view = entry.arena.copy(bytes)
      return isBinary ? .binary(view) : .text(view)
    }
  }

  // MARK: Calls

  private mutating func call(
    _ function: Function, _ arguments: [Node], in mapping: Mapping?
  ) -> Code<ExpressionValue> {
    var codes: [ValueCode] = []
    for (parameter, argument) in zip(function.parameters, arguments) {
      let isWhole = parameter.takesList
      if isWhole, let mapping {
        codes.append(ValueCode(run: cached(argument, in: mapping)))
      } else {
        codes.append(ValueCode(run: value(argument, in: isWhole ? nil : mapping)))
      }
    }
    switch function.code {
    case .one(let body):
      let a = codes[0].run
      return { e, f throws(EvaluationError) in try body(try a(e, &f), e) }
    case .two(let body):
      let (a, b) = (codes[0].run, codes[1].run)
      return { e, f throws(EvaluationError) in try body(try a(e, &f), try b(e, &f), e) }
    case .three(let body):
      let (a, b, c) = (codes[0].run, codes[1].run, codes[2].run)
      return { e, f throws(EvaluationError) in
        try body(try a(e, &f), try b(e, &f), try c(e, &f), e)
      }
    case .four(let body):
      let (a, b, c, d) = (codes[0].run, codes[1].run, codes[2].run, codes[3].run)
      return { e, f throws(EvaluationError) in
        try body(try a(e, &f), try b(e, &f), try c(e, &f), try d(e, &f), e)
      }
    }
  }
}
