import Checks

extension RuleSet {
  /// The id and name of rule number `rule`.
  func title(of rule: Int) -> String { "\(rules[rule].id) \(rules[rule].name)" }
}
