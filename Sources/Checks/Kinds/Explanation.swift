import RulePacks

/// What a check can say about a value at fault; computed for findings only, never in passing.
struct Explanation {
  /// Short phrases: which character, where.
  var evidence: [String] = []
  /// What the check supplies for a rule's texts.
  var facts: [Template.Placeholder: String] = [:]

  /// Facts and evidence of a single demand that was not met.
  static func reason(_ reason: String) -> Explanation {
    Explanation(evidence: [], facts: [.reason: reason])
  }
}
