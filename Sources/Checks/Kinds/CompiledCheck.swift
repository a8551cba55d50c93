import Rules

/// What a rule's check has become.
enum CompiledCheck: Sendable {
  /// It looks at one value at a time.
  case value(any ValueCheck)
  /// It looks at the object, for each attribute.
  case object([any ObjectCheck])
  /// It looks at all objects.
  case unique(UniqueIndex)
  /// It cannot fire in this run, for this reason.
  case off(String)

  /// What it always says of a finding.
  var supplies: Set<Template.Placeholder> {
    switch self {
    case .value(let check): check.supplies
    case .object(let checks): checks.reduce(into: []) { $0.formUnion($1.supplies) }
    case .unique(.confusable): [.other, .others, .characters]
    case .unique: [.other, .others]
    case .off: Set(Template.Placeholder.allCases)
    }
  }
}
