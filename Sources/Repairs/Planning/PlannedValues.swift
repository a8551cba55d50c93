import Checks
import Directory
import Findings
import Lint

/// What a plan does about each value, and why it leaves others alone: what reports propose.
struct PlannedValues: PlannedProposals {
  /// What becomes of one value in the end, step upon step.
  struct Fate: Sendable {
    var attribute: AttributeID
    var old: [UInt8]?
    var new: [UInt8]?
    /// The rules whose repairs have come to it, by index.
    var rules: [Int]
    /// Whether each step is safe.
    var isSafe: Bool
    /// Why, as sentences of the steps.
    var reason: String

    var proposal: Proposal {
      Proposal(
        action: old == nil ? .add : new == nil ? .remove : .edit, value: new, isSafe: isSafe,
        reason: reason)
    }
  }

  /// By the object's position.
  private(set) var fates: [Int: [Fate]] = [:]
  private var reasons: [LeftReason.Place: String] = [:]

  /// What is done by `changes`, and why other things are `left`. Of what is not done by `safe` as
  /// well, where that is another plan, nothing is safe.
  init(
    _ changes: [PlannedObject] = [], safe: [PlannedObject]? = nil, left: [LeftReason] = []
  ) {
    for object in changes {
      let list = Self.fates(object)
      if !list.isEmpty { fates[object.position] = list }
    }
    if let safe {
      let known = Dictionary(uniqueKeysWithValues: safe.map { ($0.position, Self.fates($0)) })
      for (position, list) in fates {
        fates[position] = list.map { fate in
          var fate = fate
          fate.isSafe =
            known[position]?.contains {
              $0.attribute == fate.attribute && $0.old == fate.old && $0.new == fate.new
            } ?? false
          return fate
        }
      }
    }
    for item in left { reasons[item.place] = item.sentence }
  }

  private static func fates(_ object: PlannedObject) -> [Fate] {
    var fates: [Fate] = []
    for step in object.steps {
      let edit = step.edit.value
      let known = fates.lastIndex {
        $0.attribute == step.edit.attribute && $0.new != nil && $0.new == edit.old
      }
      guard let known else {
        fates.append(
          Fate(
            attribute: step.edit.attribute, old: edit.old, new: edit.new, rules: [step.rule],
            isSafe: step.isSafe, reason: step.reason))
        continue
      }
      fates[known].new = edit.new
      fates[known].rules.append(step.rule)
      fates[known].isSafe = fates[known].isSafe && step.isSafe
      if !fates[known].reason.contains(step.reason) { fates[known].reason += " " + step.reason }
    }
    return fates.filter { $0.old != $0.new }
  }

  func proposal(_ record: FindingRecord, value: [UInt8]?) -> Proposal? {
    if let fate = fate(record, value) {
      var proposal = fate.proposal
      if value == nil { proposal.target = fate.old }
      return proposal
    }
    let place = LeftReason.Place(
      position: record.position, rule: record.rule, attribute: record.attribute, value: value)
    return reasons[place].map {
      Proposal(action: .none, value: nil, isSafe: false, reason: $0)
    }
  }

  func changes(at position: Int) -> [PlannedChange] {
    (fates[position] ?? []).map { fate in
      PlannedChange(
        attribute: fate.attribute, old: fate.old, rule: fate.rules.first ?? 0,
        proposal: fate.proposal)
    }
  }

  private func fate(_ record: FindingRecord, _ value: [UInt8]?) -> Fate? {
    fates[record.position]?.first { fate in
      guard fate.attribute == record.attribute else { return false }
      // What is about no value is settled by what its own rule does.
      return value == nil ? fate.rules.contains(record.rule) : fate.old == value
    }
  }
}
