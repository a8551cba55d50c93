import Bytes
import Directory

// What an entry must show before a condition can be True, or can be anything else. Only shapes
// of which nothing can fail are looked into: a condition that is passed over reports no failure.
extension Compiler {
  /// The screen of `node` being True, or with `isTrue` false, of its not being True.
  mutating func screen(_ node: Node, isTrue: Bool) -> EntryScreen {
    guard !node.isMulti else { return .none }
    switch node.kind {
    case .presence(let presence, let inner):
      guard case .attribute(let syntax) = inner.kind else { return .none }
      let id = need(syntax, .count)
      return (presence == .isPresent) == isTrue ? .values(id, atLeast: 1) : .noValues(id, id)
    case .logical(let isAnd, let nodes): return logical(nodes, isAnd: isAnd, isTrue: isTrue)
    case .comparison(let op, let left, let right):
      return comparison(op, left, right, isTrue: isTrue)
    case .choice(let condition, _, let no):
      guard isTrue else { return .none }
      switch no.literal {
      case .bool(false), .null: break
      default: return .none
      }
      return screen(condition, isTrue: true)
    case .call(let function, let arguments)
    where function.name == "CBool" && arguments[0].type.kind == .bool:
      return screen(arguments[0], isTrue: isTrue)
    default: return .none
    }
  }

  private mutating func logical(_ nodes: [Node], isAnd: Bool, isTrue: Bool) -> EntryScreen {
    guard let first = nodes.first else { return .none }
    // The first of those that must all have the outcome; after it others may fail.
    if isAnd == isTrue {
      let own = screen(first, isTrue: isTrue)
      guard !isTrue, nodes.count == 2, case .noValues(let a, _) = own,
        case .noValues(let b, _) = screen(nodes[1], isTrue: false)
      else { return own }
      return .noValues(a, b)
    }
    return nodes.dropFirst().reduce(screen(first, isTrue: isTrue)) {
      .either($0, screen($1, isTrue: isTrue))
    }
  }

  private mutating func comparison(
    _ op: Operator, _ left: Node, _ right: Node, isTrue: Bool
  ) -> EntryScreen {
    guard !left.isMulti, !right.isMulti else { return .none }
    if case .valueCount(let syntax) = left.kind, let number = Self.number(right), isTrue {
      return count(syntax, op, number)
    }
    switch right.literal {
    case .bool(let wanted) where op == .equal && Self.isNeverNull(left):
      return screen(left, isTrue: wanted == isTrue)
    case .text(let text) where op == .equal && isTrue: return start(left, text)
    case .number(0) where op == .greater && isTrue: return found(left)
    default: return .none
    }
  }

  /// A number that does not depend on the entry: `400`, `CNum("400")`.
  private static func number(_ node: Node) -> Int64? {
    switch node.kind {
    case .literal(.number(let number)): return number
    case .call(let function, let arguments) where function.name == "CNum":
      guard case .text(let text)? = arguments[0].literal else { return nil }
      return Numerals.parse(text)
    default: return nil
    }
  }

  private mutating func count(
    _ syntax: AttributeSyntax, _ op: Operator, _ number: Int64
  ) -> EntryScreen {
    guard number >= 0, number < Int32.max else { return .none }
    switch op {
    case .greater: return .values(need(syntax, .count), atLeast: Int(number) + 1)
    case .greaterOrEqual, .equal: return .values(need(syntax, .count), atLeast: Int(number))
    default: return .none
    }
  }

  /// `[x] = "…"` and `Left([x], n) = "…"`.
  private mutating func start(_ node: Node, _ literal: ByteView) -> EntryScreen {
    guard let first = literal.first, first < 0x80 else { return .none }
    var node = node
    if case .call(let function, let arguments) = node.kind, function.name == "Left",
      case .number(let count)? = arguments[1].literal, count > 0
    {
      node = arguments[0]
    }
    guard case .attribute(let syntax) = node.kind, syntax.type == ExpressionType(.string) else {
      return .none
    }
    return .start(need(syntax), ASCIISet(ignoringCase: first))
  }

  /// `InStr(…, "…\…") > 0` in a part of the DN, which escapes nothing of its own accord but what is
  /// a control character.
  private func found(_ node: Node) -> EntryScreen {
    guard case .call(let function, let arguments) = node.kind, function.name == "InStr",
      case .text(let needle)? = arguments[1].literal, let slash = needle.firstIndex(of: 0x5C),
      Self.isPartOfName(arguments[0])
    else { return .none }
    let isCode = slash + 1 < needle.count && needle[slash + 1].asciiHexadecimalValue != nil
    return isCode ? .codedName : .escapedName
  }

  private static func isPartOfName(_ node: Node) -> Bool {
    switch node.kind {
    case .distinguishedName: true
    case .call(let function, let arguments)
    where ["CRef", "CStr", "DNComponent"].contains(function.name):
      arguments.dropFirst().allSatisfy { $0.literal != nil } && isPartOfName(arguments[0])
    default: false
    }
  }
}
