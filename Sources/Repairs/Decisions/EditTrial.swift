import Checks
import Directory
import Findings
import Lint
import System

/// What people ask for, tried on the data as it is now.
struct EditTrial {
  let requested: RequestedEdits
  let trial: PlanTrial
  /// Requests that cannot be carried out or cause something new.
  private(set) var wrong: [EditProblem]
  /// What is found now: all of the changed objects, and what is new on others.
  private(set) var findings: [Finding] = []
  /// The places of the requests that were carried out.
  let carriedOut: Set<EditProblem.Place>
  /// What the plan of the whole run would do; made where there is something to ask of it.
  private var planned: PlannedChanges??

  /// Tries `requests` on `result`. Throws when a copy cannot be written or a source cannot be read.
  init(
    _ requests: [EditRequest], on result: LintResult, spoolFolder: String
  ) throws(SystemError) {
    requested = try RequestedEdits(requests, of: result)
    trial = try PlanTrial(requested.objects.map(\.edit), on: result, spoolFolder: spoolFolder)
    wrong = requested.wrong
    carriedOut = Set(requested.objects.flatMap { $0.requests.map(\.place) })
    try explain()
  }

  /// Whether what `request` asks for is what the plan of the whole run would do. Throws when the unique
  /// values cannot be read.
  mutating func isPlanned(_ request: EditRequest) throws(SystemError) -> Bool {
    guard
      let object = requested.objects.first(where: { object in
        object.requests.contains { $0.place == request.place }
      }), let planned = try plan()
    else { return false }
    return object.changes.allSatisfy { change in
      object.requests[change.request].place != request.place
        || planned.contains(change.value, of: change.attribute, at: object.edit.position)
    }
  }

  private mutating func plan() throws(SystemError) -> PlannedChanges? {
    if let planned { return planned }
    let made = try PlannedChanges(trial.before)
    planned = .some(made)
    return made
  }

  /// The plan of what was carried out, with what `reasons` knows of each request.
  func verified(
    _ reasons: (EditRequest) -> ObjectEdit.Reason? = { _ in nil }
  ) -> VerifiedPlan {
    let objects = requested.objects.map { object in
      var edit = object.edit
      edit.reasons = object.requests.compactMap(reasons)
      return edit
    }
    return VerifiedPlan(RepairPlan(objects: objects), trial)
  }

  private mutating func explain() throws(SystemError) {
    let objects = Dictionary(
      uniqueKeysWithValues: requested.objects.map { ($0.edit.position, $0) })
    let numbers = trial.after.findings.indices.filter { number in
      let finding = trial.after.findings[number]
      return objects[trial.formerPosition(finding.position)] != nil || trial.isNew(finding)
    }
    let explained = trial.after.explained(numbers)
    findings = numbers.compactMap { explained[$0] }
    var caused: Set<EditProblem> = []
    let faults = faults(objects)
    for fault in faults {
      guard let object = objects[fault.position], let finding = explained[fault.finding],
        try !isPlanned(fault, object)
      else { continue }
      let request = object.requests[object.changes[fault.suspect].request]
      let problem = request.problem(Self.reason(finding))
      if caused.insert(problem).inserted { wrong.append(problem) }
    }
    guard faults.isEmpty else { return }
    // No part can be told to be at fault.
    for number in numbers where trial.isNew(trial.after.findings[number]) {
      guard let finding = explained[number] else { continue }
      wrong.append(EditProblem(place: .whole, dn: finding.dn, reason: Self.reason(finding)))
    }
  }

  /// Whether the plan of the whole run would do and cause the same.
  private mutating func isPlanned(
    _ fault: Blame.Fault, _ object: RequestedEdits.Object
  ) throws(SystemError) -> Bool {
    guard let planned = try plan() else { return false }
    let change = object.changes[fault.suspect]
    let finding = trial.after.findings[fault.finding]
    return planned.contains(change.value, of: change.attribute, at: fault.position)
      && planned.leads(to: finding.place(at: trial.formerPosition(finding.position)))
  }

  /// What causes something new.
  ///
  /// New is a rule that did not fire on the attribute of the object, and on a changed object a
  /// collision of a value that did not collide, even where another did.
  private func faults(_ objects: [Int: RequestedEdits.Object]) -> [Blame.Fault] {
    let table = trial.before.context.ruleSet.table
    let suspects = objects.mapValues { object in
      object.changes.map { change in
        Blame.Suspect(
          attribute: table.find(change.attribute), value: change.value, isSafe: false)
      }
    }
    var known: Set<Collision> = []
    for finding in trial.before.findings
    where finding.group >= 0 && objects[finding.position] != nil {
      known.insert(Collision(finding, at: finding.position, in: trial.before))
    }
    func isNew(_ finding: FindingRecord) -> Bool {
      if trial.isNew(finding) { return true }
      let position = trial.formerPosition(finding.position)
      guard finding.group >= 0, objects[position] != nil else { return false }
      return !known.contains(Collision(finding, at: position, in: trial.after))
    }
    return Blame(
      suspects, .nearest, trial.after.findings, of: trial.after, isNew: isNew,
      former: trial.formerPosition
    ).faults
  }

  /// A value of an object that others hold as well.
  private struct Collision: Hashable {
    var place: FindingPlace
    /// The value's hash, which is the same in the run and in its trial.
    var hash: KeptHash

    init(_ finding: FindingRecord, at position: Int, in result: LintResult) {
      place = finding.place(at: position)
      hash = result.groups[finding.group].hash
    }
  }

  private static func reason(_ finding: Finding) -> String {
    if let attribute = finding.attribute, SecretAttributes.contains(attribute) {
      return "would cause \(finding.rule) \(finding.name) on \(attribute)"
    }
    let value = finding.value.map { " \"\(String(decoding: $0, as: UTF8.self))\"" } ?? ""
    return "would cause \(finding.rule) \(finding.name) on \(finding.attribute ?? "the object")"
      + "\(value): \(finding.message)"
  }
}
