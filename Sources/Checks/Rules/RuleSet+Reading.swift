import Directory
import Rules

extension RuleSet {
  /// The rules for directories of `kind` that read one of `names`, with those that they read, in the
  /// order of their ids.
  public func rules(
    reading names: [String], kind: DirectoryKind
  ) -> [(rule: String, attributes: [String])] {
    let wanted = Set(names.compactMap(table.find))
    return compiled.compactMap { rule in
      if let directory = rule.rule.directory, directory != kind { return nil }
      if case .off = rule.check { return nil }
      let found = wanted.intersection(rule.reads).sorted()
      return found.isEmpty ? nil : (rule.rule.id, found.map(table.name))
    }
  }

  /// Those of `names` that the scope of directories of `kind` reads, in the order of the table.
  public func scopeReads(_ names: [String], kind: DirectoryKind) -> [String] {
    let clauses = (scopes[kind] ?? [:]).values.flatMap { $0.flatMap(\.clauses) }
    let read = Set(clauses.flatMap(\.expression.attributes))
    return names.compactMap(table.find).filter(read.contains).sorted().map(table.name)
  }
}

extension CompiledRule {
  /// Every attribute that its outcome depends on.
  fileprivate var reads: [AttributeID] {
    var all = attributes + needs + (when?.attributes ?? [])
    switch check {
    case .object(let checks): all += checks.flatMap(\.reads)
    case .value(let check): all += check.reads
    case .unique, .off: break
    }
    return all
  }
}
