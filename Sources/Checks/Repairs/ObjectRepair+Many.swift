import Bytes
import Directory
import Findings
import Rules

/// Objects with many values at fault. To judge a state takes the time of all its values; so that the
/// whole does not take that time for each value, steps are taken together: all are made, and those
/// that the outcome speaks against are taken back.
extension ObjectRepair {
  /// What has more findings is repaired together.
  static let fewValues = 64
  /// States that are judged for steps that cannot be taken together.
  static let maximumTrials = 64
  /// How often steps are made together: a value may have several faults, one after the other.
  private static let maximumRounds = 32
  /// How often steps are taken back before those that are left are tried one by one.
  private static let maximumRetreats = 24

  static let tooMany =
    "more than \(fewValues) values of the object are at fault, and this one cannot be repaired "
    + "together with the others"

  /// Repairs what can be; whether that may allow more.
  func repairAll(_ work: inout Work) -> Bool {
    var tried: Set<Tried> = []
    guard work.findings.count > Self.fewValues else { return pass(&work, &tried) }
    work.limitTrials()
    let before = work.outcome.steps.count
    var refused: [AttributeEdit: String] = [:]
    var rounds = 0
    while rounds < Self.maximumRounds, round(&work, &tried, &refused) { rounds += 1 }
    let isWorthwhile = pass(&work, &tried)
    guard work.trials > 0 else { return false }
    return isWorthwhile || work.outcome.steps.count > before && !tried.isEmpty
  }

  // MARK: Orders

  /// Leaves everything that is found of an object to a person, because its source is damaged.
  func leaveAll(_ orders: [Step], _ work: inout Work) {
    let reason =
      "the file holds a part of this object damaged (bytes that are not UTF-8), so nothing is written for it"
    work.outcome.left = orders.map {
      Left(rule: $0.rule, attribute: $0.edit.attribute, value: $0.edit.value.old, reason: reason)
    }
    for finding in work.findings where isShown(finding, &work) {
      let value = evaluator.entry.value(finding.attribute, finding.ordinal)?.array
      work.outcome.left.append(
        Left(rule: finding.rule, attribute: finding.attribute, value: value, reason: reason))
    }
  }

  /// Carries out orders together; where something speaks against all, against each half.
  func followTogether(_ orders: ArraySlice<Step>, _ work: inout Work) {
    work.limitTrials()
    let steps = steps(orders, work.outcome.state)
    guard !steps.isEmpty else { return }
    guard work.isTrialLeft() else {
      work.outcome.left += orders.map {
        Left(
          rule: $0.rule, attribute: $0.edit.attribute, value: $0.edit.value.old,
          reason: Self.tooMany)
      }
      return
    }
    guard orders.count > 1 else { return follow(orders[orders.startIndex], &work) }
    let state = work.outcome.state.applying(steps.map(\.edit))
    let after = findings(state, &work)
    guard objection(to: state, after, after: steps, &work) != nil else {
      return work.take(state, steps, after)
    }
    let middle = orders.startIndex + orders.count / 2
    followTogether(orders[..<middle], &work)
    followTogether(orders[middle...], &work)
  }

  /// The steps that orders mean for `state`: what is held twice, in other letters, goes twice.
  private func steps(_ orders: ArraySlice<Step>, _ state: ObjectState) -> [Step] {
    var steps: [Step] = []
    for attribute in Set(orders.map(\.edit.attribute)).sorted() {
      let mine = orders.filter { $0.edit.attribute == attribute && !withdrawn.contains($0.edit) }
      let places = Dictionary(grouping: state.list(attribute)) {
        evaluator.addressKey($0, attribute)
      }
      var done: Set<[UInt8]> = []
      for order in mine {
        guard let old = order.edit.value.old, order.edit.value.new == nil else {
          steps.append(order)
          continue
        }
        let key = evaluator.addressKey(old, attribute)
        guard let values = places[key], values.contains(old), done.insert(key).inserted else {
          continue
        }
        steps += values.map {
          Step(
            rule: order.rule, edit: AttributeEdit(attribute, ValueEdit(old: $0)),
            isSafe: order.isSafe, reason: order.reason)
        }
      }
    }
    return steps
  }

  // MARK: Steps

  /// A step of a value, and the finding that asks for it.
  private struct Pending {
    var step: Step
    var finding: Hit
  }

  /// Takes one step of each value that has one, as far as nothing speaks against them together.
  private func round(
    _ work: inout Work, _ tried: inout Set<Tried>, _ refused: inout [AttributeEdit: String]
  ) -> Bool {
    var pending = choose(&work, &tried, refused)
    let isAny = !pending.isEmpty
    let (known, held) = (Set(work.findings.map(Pair.init)), placesByKey(work.outcome.state, &work))
    for _ in 0..<Self.maximumRetreats where !pending.isEmpty && work.trials > 0 {
      let (state, former) = apply(pending, work.outcome.state)
      let after = findings(state, &work)
      let trial = Trial(state: state, after: after, former: former, known: known, held: held)
      let objections = objections(to: trial, pending, &work)
      guard let objections else {
        guard work.isTrialLeft() else { break }
        let steps = pending.values.map(\.step)
        halve(&pending, &refused, reason: objection(to: state, after, after: steps, &work))
        continue
      }
      guard !objections.isEmpty else {
        let steps = pending.values.sorted { Self.precedes($0.finding, $1.finding) }.map(\.step)
        work.take(state, steps, after)
        return true
      }
      for (place, reason) in objections {
        if let step = pending.removeValue(forKey: place)?.step {
          refused[step.edit] = reason
        }
      }
    }
    // What was taken back may have another way.
    return isAny && pending.isEmpty
  }

  /// Leaves half of the steps for later, when it cannot be told which are at fault; the last one is.
  private func halve(
    _ pending: inout [ValuePlace: Pending], _ refused: inout [AttributeEdit: String],
    reason: String?
  ) {
    if pending.count == 1, let only = pending.first {
      refused[only.value.step.edit] = reason ?? "no repair removes the cause"
      pending = [:]
      return
    }
    let order = pending.sorted { Self.precedes($0.value.finding, $1.value.finding) }
    for (place, _) in order[(order.count / 2)...] { pending[place] = nil }
  }

  private static func precedes(_ left: Hit, _ right: Hit) -> Bool {
    (left.rule, left.attribute.index, left.ordinal)
      < (right.rule, right.attribute.index, right.ordinal)
  }

  /// For each value the first step that has not been refused; what has none is left.
  private func choose(
    _ work: inout Work, _ tried: inout Set<Tried>, _ refused: [AttributeEdit: String]
  ) -> [ValuePlace: Pending] {
    if !work.isLoaded { load(work.outcome.state) }
    work.isLoaded = true
    var pending: [ValuePlace: Pending] = [:]
    for finding in work.findings where finding.ordinal >= 0 && pending[finding.place] == nil {
      let list = work.outcome.state.list(finding.attribute)
      guard list.indices.contains(finding.ordinal) else { continue }
      let value = list[finding.ordinal]
      let mark = Tried(rule: finding.rule, attribute: finding.attribute, value: value)
      guard !tried.contains(mark), isShown(finding, &work) else { continue }
      let choice = choice(finding, value, refused, &work)
      if let step = choice.step {
        pending[finding.place] = Pending(step: step, finding: finding)
      } else if !choice.isOfOthers {
        tried.insert(mark)
        guard let reason = choice.reason else { continue }
        work.outcome.left.append(
          Left(
            rule: finding.rule, attribute: finding.attribute, value: value, reason: reason,
            isWithdrawn: choice.isWithdrawn))
      }
    }
    return pending
  }

  /// What can be done about one value.
  private struct Choice {
    var step: Step?
    /// Whether another value is to be changed.
    var isOfOthers = false
    var reason: String?
    var isWithdrawn = false
  }

  private func choice(
    _ finding: Hit, _ value: [UInt8], _ refused: [AttributeEdit: String], _ work: inout Work
  ) -> Choice {
    var choice = Choice()
    guard !evaluator.ruleSet.compiled[finding.rule].rule.repairs.isEmpty else { return choice }
    let candidates = FindingBuilder(evaluator).candidates(
      rule: finding.rule, attribute: finding.attribute, ordinal: finding.ordinal)
    for candidate in candidates {
      guard let edit = candidate.edit else {
        choice.reason = candidate.reason
        return choice
      }
      let whole = AttributeEdit(finding.attribute, edit)
      if !candidate.isSafe { work.outcome.dependsOnSafety = true }
      if edit.old != value {
        choice.isOfOthers = true
        return choice
      } else if !candidate.isSafe, !work.allowsUnsafe {
        choice.reason =
          choice.reason ?? "not safe without --unsafe-fixes: \(candidate.reason)"
      } else if withdrawn.contains(whole) {
        choice.reason = choice.reason ?? "withdrawn"
        choice.isWithdrawn = true
      } else if let reason = refused[whole] {
        choice.reason = reason
      } else if case .steps(let steps) = together(candidate, finding, &work), steps.count == 1 {
        choice.step = steps[0]
        return choice
      } else {
        // What changes together is tried by itself.
        choice.isOfOthers = true
        return choice
      }
    }
    return choice
  }

  /// `state` after the steps, and by where values are then where they were.
  private func apply(
    _ pending: [ValuePlace: Pending], _ state: ObjectState
  ) -> (ObjectState, [ValuePlace: ValuePlace]) {
    var state = state
    var former: [ValuePlace: ValuePlace] = [:]
    for attribute in Set(pending.keys.map(\.attribute)) {
      var values: [[UInt8]] = []
      for (ordinal, value) in state.list(attribute).enumerated() {
        let place = ValuePlace(attribute: attribute, ordinal: ordinal)
        let step = pending[place]?.step
        guard let new = step == nil ? value : step?.edit.value.new else { continue }
        former[ValuePlace(attribute: attribute, ordinal: values.count)] = place
        values.append(new)
      }
      state.set(attribute, values)
    }
    return (state, former)
  }

  // MARK: What speaks against steps

  /// A state after steps that are taken together.
  private struct Trial {
    var state: ObjectState
    /// What fires on it.
    var after: [Hit]
    /// By where values are in it, where they were.
    var former: [ValuePlace: ValuePlace]
    /// What fired before.
    var known: Set<Pair>
    /// The unique values before, and where they were.
    var held: [KeptHash: [ValuePlace]]

    /// Where the value at `place` was.
    func former(_ place: ValuePlace) -> ValuePlace { former[place] ?? place }
  }

  /// Why steps are to be taken back, by the places of their values; nil when it cannot be told which.
  private func objections(
    to trial: Trial, _ pending: [ValuePlace: Pending], _ work: inout Work
  ) -> [ValuePlace: String]? {
    var objections: [ValuePlace: String] = [:]
    var byText: [[UInt8]: [ValuePlace]]?
    for hit in trial.after {
      let place = trial.former(hit.place)
      let own = pending[place]
      if own?.finding.rule == hit.rule {
        objections[place] = objections[place] ?? "no repair removes the cause"
      }
      if own?.step.mustArrive == true, isLost(hit.rule) {
        let reason = Self.notArriving(evaluator.ruleSet.rules[hit.rule].id)
        objections[place] = objections[place] ?? reason
        continue
      }
      let steps = own.map { [$0.step] } ?? pending.values.map(\.step)
      guard !trial.known.contains(Pair(hit)), !steps.contains(where: { mayCause(hit.rule, $0) })
      else { continue }
      let reason = "would cause \(evaluator.ruleSet.compiled[hit.rule].rule.id)"
      if own != nil {
        objections[place] = reason
        continue
      }
      // The value may be at fault for what another one has become.
      let texts = byText ?? placesByText(pending)
      byText = texts
      let list = trial.state.list(hit.attribute)
      guard list.indices.contains(hit.ordinal),
        let equal = texts[evaluator.addressKey(list[hit.ordinal], hit.attribute)]
      else { return nil }
      for place in equal { objections[place] = reason }
    }
    return collisions(trial, pending, &work).map { objections.merging($0) { old, _ in old } }
  }

  private func placesByText(_ pending: [ValuePlace: Pending]) -> [[UInt8]: [ValuePlace]] {
    var places: [[UInt8]: [ValuePlace]] = [:]
    for (place, item) in pending {
      guard let new = item.step.edit.value.new else { continue }
      places[evaluator.addressKey(new, place.attribute), default: []].append(place)
    }
    return places
  }

  /// Steps that bring a value of another object, or free one that another repair asks for.
  private func collisions(
    _ trial: Trial, _ pending: [ValuePlace: Pending], _ work: inout Work
  ) -> [ValuePlace: String]? {
    var objections: [ValuePlace: String] = [:]
    let old = oldKeys(&work).all
    let now = placesByKey(trial.state, &work)
    for (key, places) in now where !old.contains(key) && trial.held[key] == nil {
      guard let claim = claim(key) else { continue }
      let own = places.map(trial.former).filter { pending[$0] != nil }
      guard !own.isEmpty else { return nil }
      for place in own { objections[place] = Self.reason(claim) }
    }
    for (key, places) in trial.held where old.contains(key) && now[key] == nil && isKept(key) {
      let own = places.filter { pending[$0] != nil }
      guard !own.isEmpty else { return nil }
      for place in own {
        objections[place] = "would free a value that a repair of another object asks for"
      }
    }
    return objections
  }

  /// The unique values of `state`, and where they are.
  private func placesByKey(_ state: ObjectState, _ work: inout Work) -> [KeptHash: [ValuePlace]] {
    load(state)
    work.isLoaded = false
    var places: [KeptHash: [ValuePlace]] = [:]
    forEachKey { places[$0, default: []].append($1) }
    return places
  }
}

extension ObjectState {
  /// The state after `edits`, each of a value as it is in the state.
  fileprivate func applying(_ edits: [AttributeEdit]) -> ObjectState {
    var state = self
    for (attribute, edits) in Dictionary(grouping: edits, by: \.attribute) {
      let olds = edits.compactMap(\.value.old)
      let list = list(attribute)
      var values = (try? Modification(.delete, "", olds).applied(to: list, as: .inPlace)) ?? list
      values += edits.compactMap(\.value.new)
      state.set(attribute, values)
    }
    return state
  }
}

extension RuleEvaluator {
  /// Bytes that are the same for two values of `attribute` exactly when `isSameAddress` holds.
  fileprivate func addressKey(_ value: [UInt8], _ attribute: AttributeID) -> [UInt8] {
    let scanned = view.scan(entry.arena.copy(value), of: attribute)
    return [UInt8(scanned.typeBit.trailingZeroBitCount)] + addressText(scanned.body)
  }
}
