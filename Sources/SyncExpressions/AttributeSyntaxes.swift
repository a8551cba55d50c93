import Directory

/// How an attribute's values are to be read.
struct AttributeSyntax: Sendable {
  /// The attribute's name as the schema spells it.
  var name: String
  /// The type of its values.
  var type: ExpressionType
}

/// The attributes whose types are known.
enum AttributeSyntaxes {
  /// The attribute called `name`, whatever its case.
  static func find(_ name: String) -> AttributeSyntax? {
    Schema.find(name).map {
      AttributeSyntax(
        name: $0.name,
        type: ExpressionType(
          ExpressionType.Kind($0.kind), isMultiValued: !$0.traits.contains(.single)))
    }
  }

  /// All names, in order, for suggestions.
  static let names: [String] = Schema.attributes.map(\.name).sorted()
}

extension ExpressionType.Kind {
  fileprivate init(_ kind: KnownAttribute.Kind) {
    self =
      switch kind {
      case .text: .string
      case .number: .number
      case .boolean: .bool
      case .bytes: .binary
      case .reference: .reference
      }
  }
}
