import Rules

/// The kinds of checks, by what rules say.
enum CheckKinds {
  private static let all: [any CheckMaker.Type] = [
    LengthSpec.self, CharacterSpec.self, PatternSpec.self, AddressSpec.self, DomainSpec.self,
    UniqueSpec.self, PresentSpec.self, CountSpec.self, SizeSpec.self, PrefixSpec.self,
    CompareSpec.self, ExpressionSpec.self,
  ]

  /// What makes the check of `rule`. Throws when its kind is not in the list.
  static func maker(of rule: Rule) throws(RuleError) -> any CheckMaker {
    for kind in all {
      if let maker = maker(rule.check, kind) { return maker }
    }
    throw RuleError(
      place: rule.place, message: "checks of the kind \"\(rule.check.kind.name)\" cannot be run")
  }

  private static func maker<Maker: CheckMaker>(
    _ spec: any CheckSpec, _ kind: Maker.Type
  ) -> (any CheckMaker)? { spec as? Maker }
}
