/// Counts findings by what was asked for: a rule, an object, an OU or a class.
struct GroupTally: Sendable {
  /// So many groups are told apart; a hostile source could have any number of OUs.
  private static let maximumKeys = 1 << 16

  private let shape: TallyShape
  private var groups: [[UInt8]: GroupCount] = [:]
  /// Groups that were let go: objects beyond those that are shown.
  private var omitted = 0

  init(_ shape: TallyShape) { self.shape = shape }

  /// Counts one object's findings.
  mutating func add(_ findings: [Finding]) {
    guard let grouping = shape.grouping, let first = findings.first else { return }
    switch grouping {
    case .rule:
      var start = 0
      while start < findings.count {
        let rule = findings[start].rule
        let end = findings[start...].firstIndex { $0.rule != rule } ?? findings.endIndex
        add(findings[start..<end], key: Array(rule.utf8))
        start = end
      }
    case .object:
      add(findings[...], key: first.dn)
      letGo(keeping: shape.maximumGroups * 2)
    case .ou: add(findings[...], key: first.unit)
    case .class: add(findings[...], key: Self.kind(first))
    case .cause, .domain: break
    }
  }

  /// "user, disabled, with a mailbox".
  private static func kind(_ finding: Finding) -> [UInt8] {
    var text = finding.objectClass
    if !finding.isEnabled { text += ", disabled" }
    if finding.hasMailbox { text += ", with a mailbox" }
    return Array(text.utf8)
  }

  private mutating func add(_ findings: ArraySlice<Finding>, key: [UInt8]) {
    guard let first = findings.first else { return }
    guard groups.count < Self.maximumKeys || groups[key] != nil else {
      omitted += 1
      return
    }
    let limit = shape.maximumExamples
    Self.add(
      findings, of: first,
      to: &groups[
        key,
        default: GroupCount(key: key)],
      limit: limit)
  }

  // Static, since a method would need a copy of all groups while one of them changes.
  private static func add(
    _ findings: ArraySlice<Finding>, of first: Finding, to group: inout GroupCount, limit: Int
  ) {
    group.whom.add(first)
    for index in findings.indices {
      group.bySeverity[Int(findings[index].severity.rawValue)] += 1
      group.consequence = max(group.consequence, findings[index].weight)
      if group.examples.count < limit { group.examples.append(findings[index]) }
    }
  }

  /// Counts what `other` has counted.
  mutating func add(_ other: GroupTally) {
    omitted += other.omitted
    for (key, theirs) in other.groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      guard var mine = groups[key] else {
        if groups.count < Self.maximumKeys { groups[key] = theirs } else { omitted += 1 }
        continue
      }
      mine.whom.add(theirs.whom)
      for index in mine.bySeverity.indices { mine.bySeverity[index] += theirs.bySeverity[index] }
      mine.consequence = max(mine.consequence, theirs.consequence)
      mine.examples += theirs.examples.prefix(shape.maximumExamples - mine.examples.count)
      groups[key] = mine
    }
    if shape.grouping == .object { letGo(keeping: shape.maximumGroups * 2) }
  }

  /// Lets go of all but the `count` worst groups: an object's findings come all at once, so that a group
  /// that has been let go does not come back.
  private mutating func letGo(keeping count: Int) {
    guard groups.count > count * 2 else { return }
    let worst = ranked
    omitted += worst.count - count
    groups = Dictionary(uniqueKeysWithValues: worst.prefix(count).map { ($0.key, $0) })
  }

  private var ranked: [GroupCount] { groups.values.sorted(by: Self.isWorse) }

  private static func isWorse(_ left: GroupCount, _ right: GroupCount) -> Bool {
    let mine = (left.bySeverity[2], left.bySeverity[1], left.bySeverity[0])
    let theirs = (right.bySeverity[2], right.bySeverity[1], right.bySeverity[0])
    return mine == theirs ? left.key.lexicographicallyPrecedes(right.key) : mine > theirs
  }

  /// Writes the groups into `summary`.
  func complete(_ summary: inout RunSummary) {
    summary.groups = Array(ranked.prefix(shape.maximumGroups))
    summary.groupsOmitted = omitted + groups.count - summary.groups.count
  }
}
