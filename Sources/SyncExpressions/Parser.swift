import Bytes

/// Reads an expression into typed nodes: operator precedence, recursive descent for the rest.
struct Parser {
  /// Deepest nesting; keeps parsing and evaluation within a thread's stack.
  static let depthLimit = 200

  let source: SourceText
  let options: ExpressionOptions
  let literals: ByteArena
  private let tokens: [Token]
  private var index = 0
  private var depth = 0
  /// How many bodies of `Select` and `Where` are open.
  var bodies = 0
  var warnings: [ExpressionWarning] = []
  var variables: [Variable] = []
  var slotCount = 0
  private var unknownAttributes: Set<String> = []

  init(
    _ source: SourceText, options: ExpressionOptions, literals: ByteArena
  ) throws(ExpressionError) {
    self.source = source
    self.options = options
    self.literals = literals
    tokens = try Lexer.tokens(of: source)
  }

  /// The whole expression.
  mutating func parse() throws(ExpressionError) -> Node {
    if token.kind == .end { throw error("the expression is empty") }
    let node = try expression()
    switch token.kind {
    case .end: return node
    case .rightParenthesis: throw error("\")\" has no \"(\"")
    default: throw error("expected an operator or the end, found \(token.found)")
    }
  }

  // MARK: Tokens

  var token: Token { tokens[index] }

  mutating func advance() { if index + 1 < tokens.count { index += 1 } }

  mutating func accept(_ kind: Token.Kind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  func error(_ message: String, at offset: Int? = nil) -> ExpressionError {
    source.error(message, at: offset ?? token.offset)
  }

  mutating func warn(_ message: String, at offset: Int) {
    warnings.append(source.warning(message, at: offset))
  }

  func checked(_ node: Node) throws(ExpressionError) -> Node {
    guard node.depth <= Self.depthLimit else { throw tooDeep(node.offset) }
    return node
  }

  private func tooDeep(_ offset: Int) -> ExpressionError {
    error("nested deeper than \(Self.depthLimit) levels", at: offset)
  }

  // MARK: Expressions

  mutating func expression() throws(ExpressionError) -> Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw tooDeep(token.offset) }
    var chain = OperatorChain(first: try operand())
    while case .op(let op) = token.kind {
      let offset = token.offset
      advance()
      chain.add(op, at: offset, try operand())
    }
    return try fold(chain)
  }

  private mutating func operand() throws(ExpressionError) -> Node {
    let start = token
    switch start.kind {
    case .leftParenthesis:
      advance()
      let inner = try expression()
      guard accept(.rightParenthesis) else {
        throw error("expected \")\" or an operator, found \(token.found)")
      }
      return inner
    case .op(.subtract):
      advance()
      return try negated(at: start.offset)
    case .number(let magnitude, let isHexadecimal):
      advance()
      if !isHexadecimal, magnitude > UInt64(Int64.max) {
        throw error("the number does not fit in 64 bits", at: start.offset)
      }
      return number(Int64(bitPattern: magnitude), at: start.offset)
    case .string(let bytes):
      advance()
      let view = literals.copy(bytes)
      return Node(.literal(.text(view)), ExpressionType(.string), at: start.offset)
    case .attribute(let name):
      advance()
      return try attribute(name, at: start.offset)
    case .parameter(let name):
      advance()
      return try parameter(name, at: start.offset)
    case .variable(let name):
      advance()
      return try variable(name, at: start.offset)
    case .name(let name):
      advance()
      return accept(.leftParenthesis)
        ? try call(name, at: start.offset) : try constant(name, at: start.offset)
    default: throw error("expected a value, found \(start.found)")
    }
  }

  private func number(_ value: Int64, at offset: Int) -> Node {
    Node(.literal(.number(value)), ExpressionType(.number), at: offset)
  }

  private mutating func negated(at offset: Int) throws(ExpressionError) -> Node {
    if case .number(let magnitude, false) = token.kind {
      advance()
      return number(Int64(bitPattern: 0 &- magnitude), at: offset)
    }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw tooDeep(offset) }
    let inner = try operand()
    guard Kinds.number.accepts(inner.type.kind) else {
      throw error("- wants a number, not \(inner.type.kind.words)", at: offset)
    }
    return try checked(Node(.negate(inner), ExpressionType(.number), at: offset))
  }

  // MARK: Names

  mutating func attribute(_ name: String, at offset: Int) throws(ExpressionError) -> Node {
    if name == "dn" { return Node(.distinguishedName, ExpressionType(.string), at: offset) }
    var syntax = try syntax(name, at: offset)
    if let login = options.loginAttribute, syntax.name == "userPrincipalName" {
      syntax = try self.syntax(login, at: offset)
    }
    return Node(.attribute(syntax), syntax.type, at: offset)
  }

  mutating func syntax(_ name: String, at offset: Int) throws(ExpressionError) -> AttributeSyntax {
    if let known = AttributeSyntaxes.find(name) {
      guard known.name == name else {
        throw error("attribute names are case-sensitive; write [\(known.name)]", at: offset)
      }
      return known
    }
    if unknownAttributes.insert(name).inserted {
      let near = NearestName.of(name, in: AttributeSyntaxes.names, limit: NearestName.third)
      let hint = near.map { "; did you mean [\($0)]?" } ?? ""
      warn(
        "the type of [\(name)] is not known, so that it is checked only per value\(hint)",
        at: offset)
    }
    return AttributeSyntax(name: name, type: ExpressionType(.any))
  }

  private mutating func parameter(_ name: String, at offset: Int) throws(ExpressionError) -> Node {
    if let value = options.parameters[name] {
      let view = literals.copy(value.utf8)
      return Node(.literal(.text(view)), ExpressionType(.string), at: offset)
    }
    switch name {
    case "Domain.FQDN": return Node(.domain(asDN: false), ExpressionType(.string), at: offset)
    case "Domain.LDAP": return Node(.domain(asDN: true), ExpressionType(.string), at: offset)
    case "Domain.Netbios", "Forest.Netbios", "Forest.FQDN", "Forest.LDAP":
      throw error("%\(name)% has no value; set the parameter \(name)", at: offset)
    case "Connector.ID":
      throw error("%Connector.ID% exists only inside Entra Connect", at: offset)
    default:
      let known = Array(options.parameters.keys) + ["Domain.FQDN", "Domain.LDAP", "Domain.Netbios"]
      let hint =
        NearestName.of(name, in: known, limit: NearestName.third).map { "; did you mean %\($0)%?" }
        ?? ""
      throw error("unknown parameter %\(name)%\(hint)", at: offset)
    }
  }

  private func variable(_ name: String, at offset: Int) throws(ExpressionError) -> Node {
    guard let variable = variables.last(where: { $0.name == name }) else {
      throw error("$\(name) is not bound by Select, Where or With here", at: offset)
    }
    return Node(.variable(variable), variable.type, at: offset)
  }

  private func constant(_ name: String, at offset: Int) throws(ExpressionError) -> Node {
    let value: (ExpressionValue, ExpressionType.Kind)
    switch name {
    case "True": value = (.bool(true), .bool)
    case "False": value = (.bool(false), .bool)
    case "NULL": value = (.null, .null)
    case "CRLF": value = (.text(ByteView("\r\n")), .string)
    case "IgnoreThisFlow": value = (.ignoreFlow, .flow)
    case "AuthoritativeNull": value = (.authoritativeNull, .flow)
    default: throw unknownName(name, at: offset)
    }
    return Node(.literal(value.0), ExpressionType(value.1), at: offset)
  }

  private func unknownName(_ name: String, at offset: Int) -> ExpressionError {
    let constants = ["True", "False", "NULL", "CRLF", "IgnoreThisFlow", "AuthoritativeNull"]
    if let near = constants.first(where: { $0.lowercased() == name.lowercased() }) {
      return error(
        "unknown name \(name); did you mean \(near)? Names are case-sensitive", at: offset)
    }
    if FunctionTable.names.contains(name) {
      return error("expected \"(\" after the function \(name), found \(token.found)")
    }
    if AttributeSyntaxes.find(name) != nil {
      return error("unknown name \(name); an attribute is written [\(name)]", at: offset)
    }
    let near = NearestName.of(name, in: constants + FunctionTable.names, limit: NearestName.third)
    return error(
      "unknown name \(name)" + (near.map { "; did you mean \($0)?" } ?? ""), at: offset)
  }
}
