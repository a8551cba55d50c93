import Bytes
import Directory

/// A typed part of an expression.
final class Node: Sendable {
  enum Kind: Sendable {
    case literal(ExpressionValue)
    case attribute(AttributeSyntax)
    /// `[dn]`.
    case distinguishedName
    /// `%Domain.FQDN%` and `%Domain.LDAP%`, from the entry's DN.
    case domain(asDN: Bool)
    /// The values of a slot: `$item` of Select and Where, or With's variable.
    case variable(Variable)
    case negate(Node)
    case arithmetic(Operator, Node, Node)
    case comparison(Operator, Node, Node)
    case concatenation([Node])
    /// `&&` (all) or `||` (any).
    case logical(isAnd: Bool, [Node])
    case choice(condition: Node, Node, Node)
    case cases([(condition: Node, value: Node)])
    case select(Variable, Node, Node)
    case filter(Variable, Node, condition: Node)
    case with(Variable, Node, Node)
    case raise(Node)
    /// `ValueCount` and `Count` of an attribute, which need no values.
    case valueCount(AttributeSyntax)
    case presence(Presence, Node)
    case call(Function, [Node])
  }

  /// The three questions about null and "".
  enum Presence: Sendable {
    case isPresent, isNullOrEmpty, isNull
  }

  let kind: Kind
  let type: ExpressionType
  /// The byte of the source at which it (or its operator) stands.
  let offset: Int
  /// How many levels of nodes there are, itself included.
  let depth: Int
  /// Whether it may give several values.
  let isMulti: Bool
  /// Whether it works on each value of those operands that have several.
  let isMapped: Bool

  init(_ kind: Kind, _ type: ExpressionType, at offset: Int) {
    self.kind = kind
    self.offset = offset
    let mapped = Self.mappedOperands(kind)
    isMapped = mapped.contains { $0.isMulti }
    isMulti = isMapped || Self.isSourceOfLists(kind, type)
    depth = 1 + (Self.children(kind).map(\.depth).max() ?? 0)
    var type = type
    if isMapped, mapped.contains(where: { $0.type.isMultiValued }) { type.isMultiValued = true }
    self.type = type
  }

  /// The operands over whose values the node is applied one by one.
  private static func mappedOperands(_ kind: Kind) -> [Node] {
    switch kind {
    case .negate(let node), .raise(let node): [node]
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right): [left, right]
    case .concatenation(let nodes), .logical(_, let nodes): nodes
    case .choice(let condition, _, _): [condition]
    case .cases(let cases): cases.map(\.condition)
    case .call(let function, let arguments):
      zip(function.parameters, arguments).filter { !$0.0.takesList }.map(\.1)
    default: []
    }
  }

  private static func isSourceOfLists(_ kind: Kind, _ type: ExpressionType) -> Bool {
    switch kind {
    case .attribute: type.isMultiValued || type.kind == .any
    case .variable(let variable): variable.isMulti
    case .choice(_, let yes, let no): yes.isMulti || no.isMulti
    case .cases(let cases): cases.contains { $0.value.isMulti }
    case .with(_, _, let body): body.isMulti
    case .select, .filter: true
    case .call(let function, _): function.givesList
    default: false
    }
  }

  /// The nodes directly below.
  static func children(_ kind: Kind) -> [Node] {
    switch kind {
    case .literal, .attribute, .distinguishedName, .domain, .variable, .valueCount: []
    case .negate(let node), .raise(let node), .presence(_, let node): [node]
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right): [left, right]
    case .concatenation(let nodes), .logical(_, let nodes), .call(_, let nodes): nodes
    case .choice(let condition, let yes, let no): [condition, yes, no]
    case .cases(let cases): cases.flatMap { [$0.condition, $0.value] }
    case .select(_, let list, let body), .filter(_, let list, let body),
      .with(_, let list, let body):
      [list, body]
    }
  }

  /// Whether it depends on the DN.
  var readsName: Bool {
    switch kind {
    case .distinguishedName, .domain: true
    default: Self.children(kind).contains { $0.readsName }
    }
  }

  /// The literal's value, when it is one.
  var literal: ExpressionValue? {
    if case .literal(let value) = kind { value } else { nil }
  }
}

/// A `$name` and the slot that holds it.
struct Variable: Sendable {
  var name: String
  var slot: Int
  var type: ExpressionType
  var isMulti: Bool
  /// Whether it is With's, which is evaluated when it is first read.
  var isLazy: Bool
}
