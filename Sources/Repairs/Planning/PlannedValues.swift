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
    /// What the safe plan alone makes of it, where that is something and not all.
    var safeNew: [UInt8]?
    /// Why, as sentences of the steps.
    var reason: String

    var proposal: Proposal {
      var proposal = Proposal(
        action: old == nil ? .add : new == nil ? .remove : .edit, value: new, isSafe: isSafe,
        reason: reason)
      proposal.safeValue = safeNew
      return proposal
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
    let known = safe.map { safe in
      Dictionary(uniqueKeysWithValues: safe.map { ($0.position, Self.fates($0)) })
    }
    for object in changes {
      var list = Self.fates(object)
      if let known { Self.compare(&list, with: known[object.position] ?? []) }
      list.removeAll { $0.old == $0.new }
      if !list.isEmpty { fates[object.position] = list }
    }
    for item in left { reasons[item.place] = item.sentence }
  }

  /// Says of `fates` what `safe` ones, from which they go on, make of the same values.
  private static func compare(_ fates: inout [Fate], with safe: [Fate]) {
    for index in fates.indices {
      // The steps of the safe plan come first in the other one, and so do the values that they change.
      let known = index < safe.count && safe[index].old != safe[index].new ? safe[index] : nil
      fates[index].isSafe = known.map { $0.new == fates[index].new } ?? false
      if !fates[index].isSafe { fates[index].safeNew = known?.new }
    }
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
    return fates
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
    let fates = (fates[record.position] ?? []).filter { $0.attribute == record.attribute }
    let own = fates.first {
      $0.rules.contains(record.rule) && (value == nil || $0.old == value)
    }
    // What is about no value is settled by what its own rule does.
    return own ?? fates.first { value != nil && $0.old == value }
  }
}
