import Bytes
/// Whether the rules that `after` names are there, and none silences itself.
extension Pack {
  /// What is wrong with `after` in the pack's rules, what it extends included.
  func orderErrors() -> [RulePackError] {
    let rules = self.rules.filter { !$0.after.isEmpty }
    guard !rules.isEmpty else { return [] }
    let byID = Dictionary(self.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var errors = rules.flatMap { rule in
      rule.after.filter { byID[$0.id] == nil }.map { unknown($0, byID) }
    }
    var done: Set<String> = []
    for rule in rules.sorted(by: { $0.id < $1.id }) {
      var path: [String] = []
      if let circle = Self.circle(from: rule, byID, &path, &done) {
        let names = circle.joined(separator: " → ")
        errors.append(
          RulePackError(
            place: byID[circle[0]]?.place ?? rule.place,
            message: "rules come after each other in a circle: \(names)"))
      }
    }
    return errors
  }

  private func unknown(_ reference: RuleReference, _ byID: [String: Rule]) -> RulePackError {
    let named = byID.values.first { $0.name == reference.id }?.id
    let hint =
      named.map { "; write its id, \($0)" }
      ?? NearestName.hint(reference.id, in: byID.keys.sorted())
    return RulePackError(
      place: reference.place,
      message:
        "no rule of this pack or of one that it extends has the id \"\(reference.id)\"\(hint)")
  }

  /// The ids of a circle that `rule` leads to, the first again at the end; each circle once.
  private static func circle(
    from rule: Rule, _ byID: [String: Rule], _ path: inout [String], _ done: inout Set<String>
  ) -> [String]? {
    if let start = path.firstIndex(of: rule.id) { return Array(path[start...]) + [rule.id] }
    guard done.insert(rule.id).inserted else { return nil }
    path.append(rule.id)
    defer { path.removeLast() }
    for reference in rule.after {
      guard let next = byID[reference.id] else { continue }
      if let found = circle(from: next, byID, &path, &done) { return found }
    }
    return nil
  }
}
