import Bytes

// Function calls. The parser stands behind the opening parenthesis.
extension Parser {
  /// An argument and where its text starts.
  struct Argument {
    var node: Node
    var offset: Int
  }

  mutating func call(_ name: String, at offset: Int) throws(ExpressionError) -> Node {
    if let function = FunctionTable.functions[name] { return try plainCall(function, at: offset) }
    switch name {
    case "IIF": return try choice(at: offset)
    case "Switch": return try cases(at: offset)
    case "Select", "Where": return try selection(name, at: offset)
    case "With": return try binding(at: offset)
    case "Error":
      let message = try argument(1, of: name, .string)
      try close(name, 1)
      return try checked(Node(.raise(message.node), ExpressionType(.void), at: offset))
    case "IsPresent": return try presence(.isPresent, name, at: offset)
    case "IsNullOrEmpty": return try presence(.isNullOrEmpty, name, at: offset)
    case "IsNull": return try presence(.isNull, name, at: offset)
    case "Count": return try count(at: offset)
    case "ValueCount": return try named(name, at: offset)
    case "ImportedValue": return try named(name, at: offset)
    case "Now":
      try close(name, 0)
      return Node(.literal(.date(options.now)), ExpressionType(.date), at: offset)
    default: throw unknownFunction(name, at: offset)
    }
  }

  private func unknownFunction(_ name: String, at offset: Int) -> ExpressionError {
    if FunctionTable.certificates.contains(name) {
      let place = options.rule.map { " (in rule \($0))" } ?? ""
      return error("\(name): the certificate functions are not supported\(place)", at: offset)
    }
    if FunctionTable.random.contains(name) {
      return error(
        "\(name): random values are refused, because two runs would not agree", at: offset)
    }
    let names = FunctionTable.names
    if let exact = names.first(where: { $0.lowercased() == name.lowercased() }) {
      return error("unknown function \(name); names are case-sensitive: \(exact)", at: offset)
    }
    let near = NearestName.of(name, in: names, limit: NearestName.third)
    return error(
      "unknown function \(name)" + (near.map { "; did you mean \($0)?" } ?? ""), at: offset)
  }

  // MARK: Pieces

  /// The closing parenthesis after `count` arguments.
  private mutating func close(_ name: String, _ count: Int) throws(ExpressionError) {
    if accept(.rightParenthesis) { return }
    let arguments = count == 1 ? "1 argument" : "\(count) arguments"
    if token.kind == .comma { throw error("\(name) takes no more than \(arguments)") }
    let expected = count == 0 ? "\")\"" : "\")\" or an operator"
    throw error("expected \(expected) in the call of \(name), found \(token.found)")
  }

  private mutating func comma(_ name: String, _ number: Int) throws(ExpressionError) {
    if accept(.comma) { return }
    if token.kind == .rightParenthesis {
      throw error("\(name) needs argument \(number), found \")\"")
    }
    throw error("expected \",\" or an operator in the call of \(name), found \(token.found)")
  }

  /// Argument `number` (from 1), with the comma before it.
  private mutating func argument(
    _ number: Int, of name: String, _ kinds: Kinds
  ) throws(ExpressionError) -> Argument {
    let argument = try anyArgument(number, of: name)
    try require(argument, kinds, number, of: name)
    return argument
  }

  private mutating func anyArgument(
    _ number: Int, of name: String
  ) throws(ExpressionError) -> Argument {
    if number > 1 { try comma(name, number) }
    let offset = token.offset
    if token.kind == .rightParenthesis {
      throw error("\(name) needs argument \(number), found \")\"")
    }
    return Argument(node: try expression(), offset: offset)
  }

  private func require(
    _ argument: Argument, _ kinds: Kinds, _ number: Int, of name: String
  ) throws(ExpressionError) {
    let kind = argument.node.type.kind
    guard !kinds.accepts(kind) else { return }
    let wanted = kinds == .all ? "a value" : kinds.words
    throw error(
      "\(name): argument \(number) must be \(wanted), not \(kind.words)"
        + Conversion.hint(from: kind, to: kinds), at: argument.offset)
  }

  private func requireList(
    _ argument: Argument, _ number: Int, of name: String
  ) throws(ExpressionError) {
    let type = argument.node.type
    guard !type.isMultiValued, type.kind != .any, !type.kind.fitsEverywhere else { return }
    var what = "a single value"
    if case .attribute(let syntax) = argument.node.kind {
      what = "[\(syntax.name)], a single value"
    }
    throw error(
      "\(name): argument \(number) must be a multi-valued attribute, not \(what)",
      at: argument.offset)
  }

  // MARK: Functions of the table

  private mutating func plainCall(
    _ function: Function, at offset: Int
  ) throws(ExpressionError) -> Node {
    var function = function
    var arguments: [Node] = []
    while arguments.count < function.parameters.count {
      let index = arguments.count
      let isMissing = token.kind == .rightParenthesis && index >= function.required
      let parameter = function.parameters[index]
      arguments.append(try parameterArgument(parameter, index + 1, of: function, isMissing))
      if function.name == "Contains", arguments[0].type.kind == .reference {
        function = ListFunctions.containsReference
      }
    }
    try close(function.name, function.parameters.count)
    let type: ExpressionType
    switch function.result {
    case .of(let kind): type = ExpressionType(kind)
    case .listOf(let kind): type = ExpressionType(kind, isMultiValued: true)
    case .element: type = ExpressionType(arguments[0].type.kind)
    case .same: type = ExpressionType(arguments[0].type.kind, isMultiValued: true)
    }
    return try checked(Node(.call(function, arguments), type, at: offset))
  }

  private mutating func parameterArgument(
    _ parameter: Function.Parameter, _ number: Int, of function: Function, _ isMissing: Bool
  ) throws(ExpressionError) -> Node {
    switch parameter {
    case .optional(_, let value) where isMissing:
      return Node(.literal(value), ExpressionType(.any), at: token.offset)
    case .one(let kinds), .optional(let kinds, _):
      return try argument(number, of: function.name, kinds).node
    case .list(let kinds):
      let argument = try argument(number, of: function.name, kinds)
      try requireList(argument, number, of: function.name)
      return argument.node
    case .choice(let names, let standard):
      let index = isMissing ? standard : try chosen(names, number, of: function.name)
      return Node(.literal(.number(Int64(index))), ExpressionType(.number), at: token.offset)
    }
  }

  /// The index of the name that stands there, quoted or not.
  private mutating func chosen(
    _ names: [String], _ number: Int, of function: String
  ) throws(ExpressionError) -> Int {
    if number > 1 { try comma(function, number) }
    var name: String?
    switch token.kind {
    case .name(let text): name = text
    case .string(let bytes): name = String(decoding: bytes, as: UTF8.self)
    default: break
    }
    guard let name, let index = names.firstIndex(of: name) else {
      let list = names.joined(separator: " or ")
      throw error("\(function): argument \(number) must be \(list), found \(token.found)")
    }
    advance()
    return index
  }

  // MARK: Functions with grammar of their own

  private mutating func choice(at offset: Int) throws(ExpressionError) -> Node {
    let condition = try argument(1, of: "IIF", .bool).node
    let yes = try anyArgument(2, of: "IIF").node
    let no = try anyArgument(3, of: "IIF").node
    try close("IIF", 3)
    let type = yes.type.joined(with: no.type)
    return try checked(Node(.choice(condition: condition, yes, no), type, at: offset))
  }

  private mutating func cases(at offset: Int) throws(ExpressionError) -> Node {
    var cases: [(condition: Node, value: Node)] = []
    var type = ExpressionType(.null)
    repeat {
      let number = 2 * cases.count + 1
      let condition = try argument(number, of: "Switch", .bool).node
      if token.kind == .rightParenthesis {
        throw error("Switch takes pairs of a condition and a value; the last value is missing")
      }
      let value = try anyArgument(number + 1, of: "Switch").node
      type = type.joined(with: value.type)
      cases.append((condition, value))
    } while token.kind == .comma
    try close("Switch", 2 * cases.count)
    return try checked(Node(.cases(cases), type, at: offset))
  }

  private mutating func variableName(_ function: String) throws(ExpressionError) -> String {
    guard case .variable(let name) = token.kind else {
      throw error("\(function): argument 1 must be a variable such as $item, found \(token.found)")
    }
    advance()
    return name
  }

  private mutating func newSlot() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  private mutating func selection(
    _ name: String, at offset: Int
  ) throws(ExpressionError) -> Node {
    let variableName = try variableName(name)
    let list = try anyArgument(2, of: name)
    try require(list, .all, 2, of: name)
    try requireList(list, 2, of: name)
    let item = Variable(
      name: variableName, slot: newSlot(), type: ExpressionType(list.node.type.kind),
      isMulti: false, isLazy: false)
    variables.append(item)
    defer { variables.removeLast() }
    let isWhere = name == "Where"
    bodies += 1
    defer { bodies -= 1 }
    guard bodies <= Work.nestingLimit else {
      throw error(
        "Select and Where are nested deeper than \(Work.nestingLimit) levels; compute the inner list "
          + "once, by With", at: offset)
    }
    let body = try argument(3, of: name, isWhere ? .bool : .all).node
    try close(name, 3)
    let kind: Node.Kind =
      isWhere ? .filter(item, list.node, condition: body) : .select(item, list.node, body)
    let element = isWhere ? list.node.type.kind : body.type.kind
    return try checked(
      Node(kind, ExpressionType(element, isMultiValued: true), at: offset))
  }

  private mutating func binding(at offset: Int) throws(ExpressionError) -> Node {
    let name = try variableName("With")
    let bound = try argument(2, of: "With", .all).node
    let variable = Variable(
      name: name, slot: newSlot(), type: bound.type, isMulti: bound.isMulti, isLazy: true)
    variables.append(variable)
    defer { variables.removeLast() }
    let body = try anyArgument(3, of: "With").node
    try close("With", 3)
    return try checked(Node(.with(variable, bound, body), body.type, at: offset))
  }

  private mutating func presence(
    _ presence: Node.Presence, _ name: String, at offset: Int
  ) throws(ExpressionError) -> Node {
    let argument = try argument(1, of: name, .all).node
    try close(name, 1)
    return try checked(Node(.presence(presence, argument), ExpressionType(.bool), at: offset))
  }

  private mutating func count(at offset: Int) throws(ExpressionError) -> Node {
    let list = try argument(1, of: "Count", .all)
    try requireList(list, 1, of: "Count")
    try close("Count", 1)
    if case .attribute(let syntax) = list.node.kind {
      return Node(.valueCount(syntax), ExpressionType(.number), at: offset)
    }
    return try checked(
      Node(.call(ListFunctions.count, [list.node]), ExpressionType(.number), at: offset))
  }

  /// `ValueCount("member")` and `ImportedValue("mail")`, which take an attribute's quoted name.
  private mutating func named(_ function: String, at offset: Int) throws(ExpressionError) -> Node {
    guard case .string(let bytes) = token.kind else {
      throw error(
        "\(function): argument 1 must be the quoted name of an attribute, found \(token.found)")
    }
    let place = token.offset
    advance()
    try close(function, 1)
    let name = String(decoding: bytes, as: UTF8.self)
    if function == "ImportedValue" { return try attribute(name, at: place) }
    return Node(.valueCount(try syntax(name, at: place)), ExpressionType(.number), at: offset)
  }
}
