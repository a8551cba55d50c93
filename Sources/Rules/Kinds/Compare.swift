/// `compare`: another attribute should be equal.
package struct CompareSpec: CheckSpec {
  /// Its name, or `primary-smtp`.
  package var with: String

  static let kind = CheckKind("compare", keys: ["with"]) { parameters in
    guard let node = parameters["with"] else {
      parameters.missing("with")
      return nil
    }
    return parameters.reader.attribute(node, "with").map { CompareSpec(with: $0) }
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> { [.other] }
}
