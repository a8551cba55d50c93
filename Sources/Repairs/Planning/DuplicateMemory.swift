import Checks
import Directory
import Lint

/// What has been decided about duplicates, for as long as their holders are what they were.
final class DuplicateMemory {
  /// A finding about a value that several hold.
  struct Key: Hashable, Sendable {
    var position: Int
    var rule: Int
    var attribute: AttributeID
    var ordinal: Int
    var hash: KeptHash
  }

  /// A decision, and what it rests on.
  struct Known: Sendable {
    var decision: DuplicateDecisions.Decision?
    fileprivate var holders: [Holder]
    fileprivate var states: [ObjectState?]
  }

  /// Of a value with more holders nothing is kept.
  private static let maximumHolders = 64

  private var decisions: [Key: Known] = [:]

  /// What has been decided about `finding` of `result`, and under which name that is kept; nil for what
  /// is not kept.
  func known(_ finding: FindingRecord, in result: LintResult) -> (key: Key, known: Known?)? {
    let group = result.groups[finding.group]
    guard group.holders.count <= Self.maximumHolders else { return nil }
    let key = Key(
      position: finding.position, rule: finding.rule, attribute: finding.attribute,
      ordinal: finding.ordinal, hash: group.hash)
    guard let known = decisions[key], known.holders == group.holders,
      known.states == Self.states(group.holders, result)
    else { return (key, nil) }
    return (key, known)
  }

  /// Keeps a decision about `finding` of `result`.
  func add(
    _ decision: DuplicateDecisions.Decision?, on finding: FindingRecord, as key: Key,
    in result: LintResult
  ) {
    let holders = result.groups[finding.group].holders
    decisions[key] = Known(
      decision: decision, holders: holders, states: Self.states(holders, result))
  }

  private static func states(_ holders: [Holder], _ result: LintResult) -> [ObjectState?] {
    holders.map { result.context.changed[$0.position] }
  }
}
