import Bytes
import Directory

// Shapes that occur in nearly every condition, compiled to code that looks at the bytes in place.
extension Compiler {
  /// The code of a comparison between single values, when it has one of the known shapes.
  mutating func quickComparison(_ op: Operator, _ left: Node, _ right: Node) -> TruthCode? {
    guard !left.isMulti, !right.isMulti, let literal = right.literal else { return nil }
    switch literal {
    case .bool(let wanted) where op == .equal && Self.isNeverNull(left):
      let code = truth(left)
      if wanted { return TruthCode(run: code) }
      return TruthCode { subject, frame throws(EvaluationError) in !(try code(subject, &frame)) }
    case .number(let number):
      guard let code = self.number(left)?.run else { return nil }
      return TruthCode { subject, frame throws(EvaluationError) in
        guard let value = try code(subject, &frame) else { return false }
        return Comparison.holds(op, value, number)
      }
    case .text(let text): return textComparison(op, left, text)
    default: return nil
    }
  }

  static func isNeverNull(_ node: Node) -> Bool {
    guard node.type.kind == .bool else { return false }
    switch node.kind {
    case .presence, .comparison, .logical, .call: return true
    default: return false
    }
  }

  private mutating func textComparison(
    _ op: Operator, _ left: Node, _ literal: ByteView
  ) -> TruthCode? {
    if op == .equal, let code = prefixComparison(left, literal) { return code }
    guard let code = text(left)?.run else { return nil }
    switch op {
    case .equal, .notEqual:
      let wanted = op == .equal
      return TruthCode { subject, frame throws(EvaluationError) in
        guard let value = try code(subject, &frame) else { return false }
        return Text.isEqual(value, literal) == wanted
      }
    default:
      return TruthCode { subject, frame throws(EvaluationError) in
        guard let value = try code(subject, &frame) else { return false }
        return Comparison.holds(op, Text.compare(value, literal))
      }
    }
  }

  /// `Left(x, n) = "…"` with n characters in the literal: x begins with it.
  private mutating func prefixComparison(_ left: Node, _ literal: ByteView) -> TruthCode? {
    guard case .call(let function, let arguments) = left.kind, function.name == "Left",
      case .number(let count)? = arguments[1].literal, count > 0, count == literal.count,
      Text.isASCII(literal)
    else { return nil }
    if case .attribute(let syntax) = arguments[0].kind, syntax.type == ExpressionType(.string) {
      let id = need(syntax)
      return TruthCode { subject, _ throws(EvaluationError) in
        guard let value = subject.first(id) else { return false }
        return Text.hasPrefix(value, ascii: literal)
      }
    }
    guard let code = text(arguments[0])?.run else { return nil }
    return TruthCode { subject, frame throws(EvaluationError) in
      guard let value = try code(subject, &frame) else { return false }
      return Text.hasPrefix(value, ascii: literal)
    }
  }

  /// The text of a single value, without going through `ExpressionValue`, when the shape is known.
  mutating func text(_ node: Node) -> TextCode? {
    switch node.kind {
    case .distinguishedName: return TextCode { subject, _ throws(EvaluationError) in subject.dn }
    case .literal(.text(let text)): return TextCode { _, _ throws(EvaluationError) in text }
    case .attribute(let syntax)
    where !syntax.type.isMultiValued && [.string, .reference].contains(syntax.type.kind):
      let id = need(syntax)
      return TextCode { subject, _ throws(EvaluationError) in subject.first(id) }
    case .call(let function, let arguments): return text(of: function.name, arguments)
    default: return nil
    }
  }

  private mutating func text(of function: String, _ arguments: [Node]) -> TextCode? {
    guard let first = arguments.first, !first.isMulti else { return nil }
    switch function {
    case "CRef", "CStr": return text(first)
    case "Left":
      guard case .number(let count)? = arguments[1].literal, let code = text(first)?.run else {
        return nil
      }
      return TextCode { subject, frame throws(EvaluationError) in
        TextFunctions.left(try code(subject, &frame) ?? .empty, count)
      }
    case "Trim":
      guard let code = text(first)?.run else { return nil }
      return TextCode { subject, frame throws(EvaluationError) in
        try code(subject, &frame).map { TextFunctions.trimEnd(TextFunctions.trimStart($0)) }
      }
    case "DNComponent":
      guard case .number(let number)? = arguments[1].literal, let code = text(first)?.run else {
        return nil
      }
      return TextCode { subject, frame throws(EvaluationError) in
        guard let dn = try code(subject, &frame) else { return nil }
        return DirectoryFunctions.component(dn, number, frame.arena)
      }
    default: return nil
    }
  }

  /// A single-valued number, without going through `ExpressionValue`, when the shape is known.
  private mutating func number(_ node: Node) -> NumberCode? {
    switch node.kind {
    case .literal(.number(let number)):
      return NumberCode { _, _ throws(EvaluationError) in number }
    case .attribute(let syntax) where syntax.type == ExpressionType(.number):
      return NumberCode(run: numberAttribute(syntax))
    case .valueCount(let syntax):
      let id = need(syntax, .count)
      return NumberCode { subject, _ throws(EvaluationError) in Int64(subject.count(id)) }
    case .call(let function, let arguments): return number(of: function.name, arguments)
    default: return nil
    }
  }

  private mutating func number(of function: String, _ arguments: [Node]) -> NumberCode? {
    switch function {
    case "BitAnd":
      guard let left = number(arguments[0])?.run, let right = number(arguments[1])?.run else {
        return nil
      }
      return NumberCode { subject, frame throws(EvaluationError) in
        guard let a = try left(subject, &frame), let b = try right(subject, &frame) else {
          return nil
        }
        return a & b
      }
    case "InStr": return search(arguments)
    default: return nil
    }
  }

  /// `InStr(x, "…")` without regard to case from the first character.
  private mutating func search(_ arguments: [Node]) -> NumberCode? {
    guard case .text(let needle)? = arguments[1].literal, case .number(1)? = arguments[2].literal,
      case .number(0)? = arguments[3].literal, let code = text(arguments[0])?.run
    else { return nil }
    let isShort = !needle.isEmpty && needle.count <= 32 && Text.isASCII(needle)
    return NumberCode { subject, frame throws(EvaluationError) in
      guard let value = try code(subject, &frame) else { return 0 }
      if isShort, let found = Text.scan(ascii: needle, in: value) { return Int64(found + 1) }
      let place = Text.position(
        of: needle, in: value, fromUnit: 0, ignoringCase: true, frame.arena)
      return Int64(place.map { $0 + 1 } ?? 0)
    }
  }

  mutating func numberAttribute(_ syntax: AttributeSyntax) -> Code<Int64?> {
    let id = need(syntax)
    let name = syntax.name
    return { subject, _ throws(EvaluationError) in
      guard let bytes = subject.first(id) else { return nil }
      if let number = Numerals.parse(bytes) { return number }
      throw EvaluationError("[\(name)]: \(Quoted(bytes)) is not a whole number of 64 bits")
    }
  }
}
