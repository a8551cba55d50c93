import Bytes
import Directory
import Findings
import Rules
import Sync

/// Equal addresses of one object are one thing: where the text of one is at fault, the others are at
/// fault with it, whether a rule says so or not.
extension ObjectRepair {
  /// What is done at once.
  enum Together {
    case steps([Step])
    /// A value that is the same address cannot follow: why.
    case refused(String)
  }

  /// The step that `candidate` means, and those of the other values of the object that are the same
  /// address, where its text is what changes. The entry holds the state at hand.
  func together(
    _ candidate: RepairProposal.Candidate, _ finding: Hit, _ work: inout Work
  ) -> Together {
    guard let edit = candidate.edit else { return .steps([]) }
    var first = Step(
      rule: finding.rule, edit: AttributeEdit(finding.attribute, edit), isSafe: candidate.isSafe,
      reason: candidate.reason, isOrdered: candidate.isOrdered)
    first.mustArrive = candidate.kind == .encodeDomain || candidate.kind == .splitAddresses
    guard candidate.kind.changesText, let new = edit.new, let old = edit.old else {
      func steps(_ companions: [RepairProposal.Companion]) -> [Step] {
        companions.map { companion in
          var step = first
          (step.edit, step.reason) = (companion.edit, companion.reason)
          step.keepsAddress = companion.keepsAddress
          return step
        }
      }
      let (before, after) = candidate.companions
      return withoutRepetition(steps(before) + [first] + steps(after), work.outcome.state)
    }
    var steps = [first]
    for (place, value) in equals(of: old, finding) {
      let changed = renamed(value, place.attribute, as: new, finding.attribute)
      guard changed != value else { continue }
      let arena = evaluator.entry.arena
      let view = evaluator.view
      if let reason = RepairGuard(evaluator).reasonToLeave(place.attribute, arena.copy(value)) {
        return .refused("the same address in \(view.sync.table.name(place.attribute)): \(reason)")
      }
      steps.append(follower(of: first, at: place, ValueEdit(old: value, new: changed), &work))
    }
    // What is done together is as safe as its least safe part.
    let isSafe = steps.allSatisfy(\.isSafe)
    for index in steps.indices { steps[index].isSafe = isSafe }
    return withoutRepetition(steps, work.outcome.state)
  }

  /// `steps` of `state`, where what a value becomes is not there twice: a value that would repeat
  /// another is only removed.
  private func withoutRepetition(_ steps: [Step], _ state: ObjectState) -> Together {
    var steps = steps
    var state = state
    for (index, step) in steps.enumerated() {
      let edit = step.edit.value
      if let old = edit.old, let new = edit.new {
        let same = state.list(step.edit.attribute).first { other in
          other != old && EditObjection.isSameText(other, new)
        }
        if let same {
          guard Self.isPrimary(same) || !Self.isPrimary(new) else {
            return .refused("the object has the address already, as a secondary one")
          }
          steps[index].edit.value.new = nil
        }
      }
      state.apply(steps[index].edit)
    }
    return .steps(steps)
  }

  private static func isPrimary(_ value: [UInt8]) -> Bool {
    value.first.map { $0.isASCIILetter && $0 != $0.asciiLowercased } ?? false
  }

  /// The other values of the object that are the same address as `value`.
  private func equals(of value: [UInt8], _ finding: Hit) -> [(place: ValuePlace, value: [UInt8])] {
    let (view, entry) = (evaluator.view, evaluator.entry)
    let attributes = view.attributes
    var names = [attributes.login]
    for attribute in [
      attributes.userPrincipalName, attributes.mail, attributes.proxyAddresses,
      attributes.sipAddress,
    ] where !names.contains(attribute) { names.append(attribute) }
    guard names.contains(finding.attribute) else { return [] }
    let body = view.scan(entry.arena.copy(value), of: finding.attribute).body
    guard body.firstIndex(of: 0x40) != nil else { return [] }
    var equals: [(place: ValuePlace, value: [UInt8])] = []
    for attribute in names {
      for (ordinal, other) in entry.values(attribute).enumerated() {
        let place = ValuePlace(attribute: attribute, ordinal: ordinal)
        guard place != finding.place, view.isSameText(view.scan(other, of: attribute).body, body)
        else { continue }
        equals.append((place, other.array))
      }
    }
    return equals
  }

  /// `value` of `attribute` with the address in `new`, a value of `other`, and its own type.
  private func renamed(
    _ value: [UInt8], _ attribute: AttributeID, as new: [UInt8], _ other: AttributeID
  ) -> [UInt8] {
    let (view, arena) = (evaluator.view, evaluator.entry.arena)
    let own = view.scan(arena.copy(value), of: attribute)
    let type = own.value.upTo(own.value.count - own.body.count)
    return type.array + view.scan(arena.copy(new), of: other).body.trimmed.array
  }

  /// What is done to a value that follows `first`: as safe as a rule says that the same edit of it is,
  /// which for a name by which somebody signs in is not safe unless one says so.
  private func follower(
    of first: Step, at place: ValuePlace, _ edit: ValueEdit, _ work: inout Work
  ) -> Step {
    var step = first
    step.edit = AttributeEdit(place.attribute, edit)
    let isSignIn = place.attribute == evaluator.view.attributes.login
    step.isSafe = first.isSafe && !isSignIn
    for rule in work.rules(at: place) {
      let candidates = FindingBuilder(evaluator).candidates(
        rule: rule, attribute: place.attribute, ordinal: place.ordinal)
      guard let same = candidates.first(where: { $0.edit == edit }) else { continue }
      step.rule = rule
      step.isSafe = first.isSafe && same.isSafe
      step.reason = same.reason
      return step
    }
    step.reason = "It is the same address, which changes as a whole."
    return step
  }
}

extension RepairKind {
  /// Whether it changes the text of a value, rather than what the value is or where it comes from.
  fileprivate var changesText: Bool {
    switch self {
    case .trim, .removeCharacters, .removeWhitespace, .transliterate, .truncate, .fixDots,
      .encodeDomain:
      true
    default: false
    }
  }
}
