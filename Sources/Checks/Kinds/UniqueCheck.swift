import Directory
import Rules
import Sync

/// `unique` with the index `object`: the same value twice in one attribute, without case.
///
/// The other indexes are looked at when all objects have been read; see `DuplicateResolver`.
struct UniqueCheck: ObjectCheck {
  var attribute: AttributeID
  /// The types of the values that are compared.
  var typeMask: UInt32

  var screen: ObjectScreen { .different(attribute) }

  func check(_ evaluator: RuleEvaluator, _ report: (AttributeID, Int) -> Void) {
    guard evaluator.entry.count(attribute) > 1 else { return }
    for ordinal in evaluator.repeatedValues(attribute, typeMask) { report(attribute, ordinal) }
  }
}

extension UniqueSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck {
    guard index == .object else { return .unique(index) }
    let mask = ruleSet.mask(rule)
    return .object(attributes.map { UniqueCheck(attribute: $0, typeMask: mask) })
  }
}
