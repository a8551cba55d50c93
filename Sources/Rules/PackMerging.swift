/// How packs become one.
extension Pack {
  /// Takes the rules, scope and parameters of `base`.
  ///
  /// A class's clauses of both hold, those of `base` first; a parameter keeps the value that it
  /// has here.
  mutating func extend(_ base: Pack) {
    parameters.merge(base.parameters) { own, _ in own }
    scopes = base.scopes.merging(scopes) { base, own in
      base.merging(own) { ScopeClause.merged($0, $1) }
    }
    // The same rule comes twice when two packs extend the same third.
    let origins = Set(rules.map(\.place.file))
    rules += base.rules.filter { !origins.contains($0.place.file) }
  }

  /// Has it and its rules, those of what it extends not yet among them, judge values as they are or as
  /// Entra Connect trims them.
  mutating func setTrims(_ trims: Bool) {
    self.trims = trims
    guard trims else { return }
    for index in rules.indices { rules[index].isTrimmed = true }
  }

  /// An error for every rule whose id or name another rule has. Linear in the number of rules.
  func duplicates() -> [RulePackError] {
    // Numbers, not rules: those are large, and every start comes through here.
    let sorted = rules.indices.sorted { rules[$0].place.file < rules[$1].place.file }
    var ids: [String: Int] = [:]
    var names: [String: Int] = [:]
    var errors: [RulePackError] = []
    for index in sorted {
      let (id, name, place) = (rules[index].id, rules[index].name, rules[index].place)
      if let first = ids.updateValue(index, forKey: id).map({ rules[$0] }) {
        let message = "the id \(id) is taken by \(first.name) (\(first.place.file))"
        errors.append(RulePackError(place: place, message: message))
      } else if let first = names.updateValue(index, forKey: name).map({ rules[$0] }) {
        let message = "the name \(name) is taken by \(first.id) (\(first.place.file))"
        errors.append(RulePackError(place: place, message: message))
      }
    }
    return errors
  }
}

extension ScopeClause {
  /// The clauses of both lists, those that say the same only once.
  static func merged(_ left: [ScopeClause], _ right: [ScopeClause]) -> [ScopeClause] {
    left
      + right.filter { clause in
        !left.contains { $0.isExclusion == clause.isExclusion && $0.says(clause) }
      }
  }

  private func says(_ other: ScopeClause) -> Bool {
    expression.text == other.expression.text && needs == other.needs
  }
}
