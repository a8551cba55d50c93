import Directory
import Rules
import Sync
import SyncExpressions

/// `expression`: an expression that is True; once per object, on the rule's first attribute.
struct ExpressionCheck: ObjectCheck {
  var expression: Expression
  var attribute: AttributeID
  /// The rule and its pack, for the message that the expression could not be evaluated.
  var rule: String

  var reads: [AttributeID] { expression.attributes }

  var screen: ObjectScreen {
    expression.trueOnlyIf == .none ? .look : .without(expression.trueOnlyIf)
  }

  func check(_ evaluator: RuleEvaluator, _ report: (AttributeID, Int) -> Void) {
    do throws(EvaluationError) {
      guard try expression.isTrue(evaluator.entry) else { return }
    } catch {
      return evaluator.view.evaluationFailed("the check of \(rule)", error)
    }
    // Of a large group the members have only been counted: the finding is about no value.
    let isPresent =
      attribute == CompiledRule.dnAttribute || evaluator.entry.first(attribute) != nil
    report(attribute, isPresent ? 0 : -1)
  }
}

extension ExpressionSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) throws(RuleError) -> CompiledCheck {
    let expression = try ruleSet.sync.compile(forbid)
    // A finding shows the value of its attribute also where the expression looks at others.
    for id in attributes
    where id != CompiledRule.dnAttribute && !expression.attributes.contains(id) {
      _ = ruleSet.sync.table.need(ruleSet.table.name(id))
    }
    return .object([
      ExpressionCheck(expression: expression, attribute: attributes[0], rule: rule.nameWithPack)
    ])
  }

  /// The expression says itself what it needs.
  func need(_ rule: Rule) -> AttributeTable.Need { .count }
}
