import Findings
import Rules
import SyncExpressions

extension RuleEvaluator {
  /// How bad a finding of rule number `number` is on the entry: what the rule says, lowered by the
  /// first of its conditions that holds.
  package func severity(ofRule number: Int) -> Severity {
    let rule = ruleSet.compiled[number]
    guard !rule.lowered.isEmpty else { return rule.rule.severity }
    if let known = severities.value(number, entry) { return known }
    let severity = lowered(rule)
    severities.keep(severity, number, of: ruleSet.compiled.count, entry)
    return severity
  }

  /// How bad a finding of rule number `number` is on the entry; nil where that does not depend on it.
  @inline(__always)
  package func loweredSeverity(ofRule number: Int) -> Severity? {
    ruleSet.compiled[number].lowered.isEmpty ? nil : severity(ofRule: number)
  }

  /// What the cloud does with the entry, an object of class `objectClass`, where it has a finding
  /// of `rule`; nil where the rule says nothing of such objects.
  func cloud(_ rule: CompiledRule, _ objectClass: ObjectClass) -> Template? {
    rule.cloud.first { sentence in
      guard sentence.objects.contains(objectClass) else { return false }
      guard let when = sentence.when else { return true }
      do throws(EvaluationError) {
        return try when.isTrue(entry)
      } catch {
        view.evaluationFailed("\"cloud\" of \(rule.rule.nameWithPack)", error)
        return false
      }
    }?.text
  }

  private func lowered(_ rule: CompiledRule) -> Severity {
    for lowered in rule.lowered {
      do throws(EvaluationError) {
        if try lowered.when.isTrue(entry) { return lowered.severity }
      } catch {
        view.evaluationFailed("\"lowered\" of \(rule.rule.nameWithPack)", error)
      }
    }
    return rule.rule.severity
  }
}
