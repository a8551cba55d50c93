import Findings
import SyncExpressions

extension RuleEvaluator {
  /// How bad a finding of rule number `number` is on the entry: what the rule says, lowered by the
  /// first of its conditions that holds.
  package func severity(ofRule number: Int) -> Severity {
    let rule = ruleSet.compiled[number]
    for lowered in rule.lowered {
      do throws(EvaluationError) {
        if try lowered.when.isTrue(entry) { return lowered.severity }
      } catch {
        view.evaluationFailed("\"lowered\" of \(rule.rule.id)", error)
      }
    }
    return rule.rule.severity
  }
}
