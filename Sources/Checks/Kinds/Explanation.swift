import Rules

/// What a check can say about a value at fault; computed for findings only, never in passing.
struct Explanation {
  /// Short phrases: which character, where.
  var evidence: [String] = []
  /// What the check supplies for a rule's texts.
  var facts: FactList = [:]

  /// Facts and evidence of a single demand that was not met.
  static func reason(_ reason: String) -> Explanation {
    Explanation(evidence: [], facts: FactList(.reason, reason))
  }
}

/// A few facts by placeholder; so few that looking through them is faster than hashing.
struct FactList: ExpressibleByDictionaryLiteral {
  private var list: [(placeholder: Template.Placeholder, text: String)]

  /// One fact.
  init(_ placeholder: Template.Placeholder, _ text: String) { list = [(placeholder, text)] }

  init(dictionaryLiteral elements: (Template.Placeholder, String)...) { list = elements }

  subscript(placeholder: Template.Placeholder) -> String? {
    get { list.first { $0.placeholder == placeholder }?.text }
    set {
      list.removeAll { $0.placeholder == placeholder }
      if let newValue { list.append((placeholder, newValue)) }
    }
  }
}
