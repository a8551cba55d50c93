import Directory
import Rules
import Sync

/// A kind of check that can be made ready to run.
protocol CheckMaker: CheckSpec {
  /// The check of `rule`, which names `attributes`.
  ///
  /// Throws when the rule's pattern or expression cannot be compiled.
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) throws(RuleError) -> CompiledCheck

  /// What is needed of the values of the rule's attributes.
  func need(_ rule: Rule) -> AttributeTable.Need
}

extension CheckMaker {
  func need(_ rule: Rule) -> AttributeTable.Need { .values }
}

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
