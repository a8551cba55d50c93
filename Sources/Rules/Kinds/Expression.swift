/// `expression`: an expression that must not be True.
package struct ExpressionSpec: CheckSpec {
  /// The expression.
  package var forbid: ExpressionSource

  static let kind = CheckKind("expression", keys: ["forbid"]) { parameters in
    guard let node = parameters["forbid"] else {
      parameters.missing("forbid")
      return nil
    }
    return parameters.reader.expression(node, "forbid").map { ExpressionSpec(forbid: $0) }
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> { [.count] }
}
