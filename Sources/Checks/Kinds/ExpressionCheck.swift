import Directory
import Rules
import SyncExpressions

/// `expression`: an expression that is True; once per object, on the rule's first attribute.
struct ExpressionCheck: ObjectCheck {
  var expression: Expression
  var attribute: AttributeID
  /// The rule's id, for the message that the expression could not be evaluated.
  var rule: String

  var reads: [AttributeID] { expression.attributes }

  var screen: ObjectScreen {
    expression.trueOnlyIf == .none ? .look : .without(expression.trueOnlyIf)
  }

  func check(_ judge: Judge, _ report: (AttributeID, Int) -> Void) {
    do throws(EvaluationError) {
      guard try expression.isTrue(judge.entry) else { return }
    } catch {
      return judge.evaluationFailed("the check of \(rule)", error)
    }
    // Of a large group the members have only been counted: the finding is about no value.
    let isPresent =
      attribute == CompiledRule.dnAttribute || judge.entry.first(attribute) != nil
    report(attribute, isPresent ? 0 : -1)
  }
}

extension ExpressionSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet,
    _ options: ExpressionOptions
  ) throws(RuleError) -> CompiledCheck {
    let expression = try ruleSet.compile(forbid, options: options)
    // A finding shows the value of its attribute also where the expression looks at others.
    for id in attributes
    where id != CompiledRule.dnAttribute && !expression.attributes.contains(id) {
      _ = ruleSet.table.need(ruleSet.table.name(id))
    }
    return .object([
      ExpressionCheck(expression: expression, attribute: attributes[0], rule: rule.id)
    ])
  }

  /// The expression says itself what it needs.
  func need(_ rule: Rule) -> AttributeTable.Need { .count }
}
