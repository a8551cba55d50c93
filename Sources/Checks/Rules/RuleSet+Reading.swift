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
