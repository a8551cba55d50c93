import Bytes
import Checks
import Directory
import Lint

/// Finds out which steps of a plan cause what is new.
///
/// What an object alone would show has been looked at when its steps were planned; what is new is
/// between objects: a value that several hold in another way than before. So it is the steps that
/// brought the value into its form or took it from a stronger place.
struct Blame {
  /// A step that must not be made, and the rule that would fire.
  struct Step {
    var dn: [UInt8]
    var step: ObjectRepair.Step
    var causes: String
  }

  private let plan: ComposedPlan
  private let after: LintResult
  private let examiner: Examiner
  private lazy var places = findPlaces()
  private(set) var steps: [Int: [Step]] = [:]

  /// A step of the plan: the object that it is of and its number there.
  private struct Place: Hashable {
    var origin: Int
    var index: Int
  }

  /// Blames the steps of `plan` for what in `after` was not there `before`.
  init(_ plan: ComposedPlan, _ after: LintResult, before: Set<FindingPlace>) {
    self.plan = plan
    self.after = after
    examiner = after.examiner()
    var isNew = false
    for finding in after.findings where !before.contains(finding.place(at: finding.position)) {
      isNew = true
      blame(finding)
    }
    // Nobody can be told apart: better nothing than something wrong.
    if isNew, steps.isEmpty {
      for origin in plan.positions { blameAll(of: origin, causes: "a new finding") }
    }
  }

  /// All steps of `plan`, which never comes to an end.
  static func all(_ plan: ComposedPlan) -> [Int: [Step]] {
    var steps: [Int: [Step]] = [:]
    for origin in plan.positions {
      guard let change = plan.change(at: origin) else { continue }
      steps[origin] = change.steps.map {
        Step(dn: change.original.dn, step: $0, causes: "repairs without end")
      }
    }
    return steps
  }

  private mutating func blame(_ finding: FindingRecord) {
    let rule = after.context.ruleSet.rules[Int(finding.rule)].id
    guard finding.group >= 0 else {
      blameAll(of: finding.position, causes: rule)
      return
    }
    let holders = after.groups[Int(finding.group)].holders.prefix(256)
    var texts: Set<[UInt8]> = []
    for holder in holders where examiner.read(holder.position) {
      if let value = examiner.entry.value(holder.attribute, holder.ordinal) {
        texts.insert(text(value, holder.attribute))
      }
    }
    let about = texts.flatMap { places[$0] ?? [] }
    // What somebody may notice goes first: without it the rest may do no harm.
    let unsafe = about.filter { plan.change(at: $0.origin)?.steps[$0.index].isSafe == false }
    for place in unsafe.isEmpty ? about : unsafe { add(place, causes: rule) }
    guard about.isEmpty else { return }
    for holder in holders { blameAll(of: holder.position, causes: rule) }
  }

  private mutating func blameAll(of origin: Int, causes: String) {
    for index in (plan.change(at: origin)?.steps ?? []).indices {
      add(Place(origin: origin, index: index), causes: causes)
    }
  }

  private mutating func add(_ place: Place, causes: String) {
    guard let change = plan.change(at: place.origin) else { return }
    let step = change.steps[place.index]
    let known = steps[place.origin] ?? []
    guard !known.contains(where: { $0.step.edit == step.edit }) else { return }
    steps[place.origin] = known + [Step(dn: change.original.dn, step: step, causes: causes)]
  }

  /// The steps by the values that they make or unmake.
  private func findPlaces() -> [[UInt8]: Set<Place>] {
    var places: [[UInt8]: Set<Place>] = [:]
    for origin in plan.positions {
      for (index, step) in (plan.change(at: origin)?.steps ?? []).enumerated() {
        for value in [step.edit.value.old, step.edit.value.new].compactMap({ $0 }) {
          let text = text(examiner.entry.arena.copy(value), step.edit.attribute)
          places[text, default: []].insert(Place(origin: origin, index: index))
        }
      }
    }
    return places
  }

  /// The address in `value`, or all of it, in a form in which equal ones are the same bytes.
  private func text(_ value: ByteView, _ attribute: AttributeID) -> [UInt8] {
    let body = examiner.evaluator.body(of: value, attribute).trimmed
    return UnicodeText.foldCase(body, into: examiner.entry.arena).map(\.asciiLowercased)
  }
}
