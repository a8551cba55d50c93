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
