import Bytes
import Directory

// Whether a node is True. Null and absent count as not True.
extension Compiler {
  /// Whether `node` is True; for a list, whether one of its values is.
  mutating func truth(_ node: Node, in mapping: Mapping? = nil) -> Code<Bool> {
    let code = uncountedTruth(node, in: mapping)
    if mapping == nil, bodies == 0 { return code }
    // It runs for each value of a list, and counts.
    return { subject, frame throws(EvaluationError) in
      try frame.take(1)
      return try code(subject, &frame)
    }
  }

  private mutating func uncountedTruth(_ node: Node, in mapping: Mapping?) -> Code<Bool> {
    if let mapping {
      guard node.isMulti else { return condition(invariant(node, in: mapping)) }
      guard node.isMapped else { return condition(leaf(node, in: mapping)) }
      return truthOperation(node, in: mapping)
    }
    guard node.isMulti else { return truthOperation(node, in: nil) }
    switch node.kind {
    // True for a value of `a || b` is the same as True for a value of a or for one of b.
    case .logical(false, let nodes): return anyTrue(nodes, in: nil)
    case .choice(let inner, let yes, let no) where Self.isTrueOrNothing(yes, no):
      return truth(inner)
    default: return condition(value(node))
    }
  }

  private static func isTrueOrNothing(_ yes: Node, _ no: Node) -> Bool {
    guard case .bool(true)? = yes.literal else { return false }
    switch no.literal {
    case .bool(false), .null: return true
    default: return false
    }
  }

  private func condition(_ code: @escaping Code<ExpressionValue>) -> Code<Bool> {
    { subject, frame throws(EvaluationError) in
      let value = try code(subject, &frame)
      guard case .list(let values) = value else { return try value.truth("condition") ?? false }
      try frame.take(values.count)
      for value in values where try value.truth("condition") ?? false { return true }
      return false
    }
  }

  mutating func truthOperation(_ node: Node, in mapping: Mapping?) -> Code<Bool> {
    switch node.kind {
    case .literal(.bool(let value)): return { _, _ throws(EvaluationError) in value }
    case .literal(.null): return { _, _ throws(EvaluationError) in false }
    case .logical(true, let nodes): return allTrue(nodes, in: mapping)
    case .logical(false, let nodes): return anyTrue(nodes, in: mapping)
    case .presence(let presence, let inner): return self.presence(presence, inner)
    case .comparison(let op, let left, let right):
      // What is quick does not count what it looks at.
      if mapping == nil, bodies == 0, let code = quickComparison(op, left, right) {
        return code.run
      }
      return comparison(op, left, right, in: mapping)
    case .choice(let inner, let yes, let no) where mapping == nil:
      return truthChoice(inner, yes, no)
    case .call(let function, let arguments)
    where function.name == "CBool" && arguments[0].type.kind == .bool:
      return truth(arguments[0], in: mapping)
    default: return condition(operation(node, in: mapping))
    }
  }

  private mutating func truthChoice(_ inner: Node, _ yes: Node, _ no: Node) -> Code<Bool> {
    if Self.isTrueOrNothing(yes, no) { return truth(inner) }
    let inner = truth(inner)
    let yes = truth(yes)
    let no = truth(no)
    return { subject, frame throws(EvaluationError) in
      try inner(subject, &frame) ? try yes(subject, &frame) : try no(subject, &frame)
    }
  }

  private mutating func allTrue(_ nodes: [Node], in mapping: Mapping?) -> Code<Bool> {
    Self.all(nodes.map { TruthCode(run: truth($0, in: mapping)) }[...])
  }

  private mutating func anyTrue(_ nodes: [Node], in mapping: Mapping?) -> Code<Bool> {
    Self.any(nodes.map { TruthCode(run: truth($0, in: mapping)) }[...])
  }

  /// A tree of closures with two or three branches, which is faster than a loop over an array.
  private static func all(_ codes: ArraySlice<TruthCode>) -> Code<Bool> {
    guard codes.count > 3 else { return fewAll(codes) }
    let third = codes.count / 3
    let a = all(codes.prefix(third))
    let b = all(codes.dropFirst(third).prefix(third))
    let c = all(codes.dropFirst(2 * third))
    return fewAll([TruthCode(run: a), TruthCode(run: b), TruthCode(run: c)])
  }

  private static func fewAll(_ codes: ArraySlice<TruthCode>) -> Code<Bool> {
    let a = codes[codes.startIndex].run
    guard codes.count > 1 else { return a }
    let b = codes[codes.startIndex + 1].run
    guard codes.count > 2 else {
      return { subject, frame throws(EvaluationError) in
        guard try a(subject, &frame) else { return false }
        return try b(subject, &frame)
      }
    }
    let c = codes[codes.startIndex + 2].run
    return { subject, frame throws(EvaluationError) in
      guard try a(subject, &frame) else { return false }
      guard try b(subject, &frame) else { return false }
      return try c(subject, &frame)
    }
  }

  private static func any(_ codes: ArraySlice<TruthCode>) -> Code<Bool> {
    guard codes.count > 3 else { return fewAny(codes) }
    let third = codes.count / 3
    let a = any(codes.prefix(third))
    let b = any(codes.dropFirst(third).prefix(third))
    let c = any(codes.dropFirst(2 * third))
    return fewAny([TruthCode(run: a), TruthCode(run: b), TruthCode(run: c)])
  }

  private static func fewAny(_ codes: ArraySlice<TruthCode>) -> Code<Bool> {
    let a = codes[codes.startIndex].run
    guard codes.count > 1 else { return a }
    let b = codes[codes.startIndex + 1].run
    guard codes.count > 2 else {
      return { subject, frame throws(EvaluationError) in
        if try a(subject, &frame) { return true }
        return try b(subject, &frame)
      }
    }
    let c = codes[codes.startIndex + 2].run
    return { subject, frame throws(EvaluationError) in
      if try a(subject, &frame) { return true }
      if try b(subject, &frame) { return true }
      return try c(subject, &frame)
    }
  }

  private mutating func comparison(
    _ op: Operator, _ left: Node, _ right: Node, in mapping: Mapping?
  ) -> Code<Bool> {
    let left = value(left, in: mapping)
    let right = value(right, in: mapping)
    return { subject, frame throws(EvaluationError) in
      let value = try left(subject, &frame)
      try frame.take(value)
      return try Comparison.holds(op, value, try right(subject, &frame))
    }
  }

  // MARK: Presence

  private mutating func presence(_ presence: Node.Presence, _ inner: Node) -> Code<Bool> {
    if case .attribute(let syntax) = inner.kind { return attributePresence(presence, syntax) }
    let code = value(inner)
    return { subject, frame throws(EvaluationError) in
      let value = try code(subject, &frame)
      try frame.take(value)
      let values = value.values
      switch presence {
      case .isNull: return values.isEmpty
      case .isPresent: return values.contains { !Self.isBlank($0) }
      case .isNullOrEmpty: return !values.contains { !Self.isBlank($0) }
      }
    }
  }

  private static func isBlank(_ value: ExpressionValue) -> Bool {
    if case .text(let text) = value { text.isEmpty } else { false }
  }

  /// Only strings can be present and empty; of all else it is enough to count.
  private mutating func attributePresence(
    _ presence: Node.Presence, _ syntax: AttributeSyntax
  ) -> Code<Bool> {
    let wanted = presence == .isPresent
    let isText = syntax.type.kind == .string || syntax.type.kind == .any
    guard isText, presence != .isNull else {
      let id = need(syntax, .count)
      return { subject, _ throws(EvaluationError) in (subject.count(id) > 0) == wanted }
    }
    let id = need(syntax)
    return { subject, frame throws(EvaluationError) in
      guard let first = subject.first(id) else { return !wanted }
      if !first.isEmpty { return wanted }
      try frame.take(subject.count(id))
      var isPresent = false
      subject.forEach(id) { if !$1.isEmpty { isPresent = true } }
      return isPresent == wanted
    }
  }
}
