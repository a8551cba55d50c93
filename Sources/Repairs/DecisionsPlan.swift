import Bytes
import Directory
import Findings
import LDIF
import Lint
import System

/// What people decided, tried on the data as it is now.
public struct DecisionsPlan: Sendable {
  /// What is wrong, in the order of the rows; nothing may be written unless it is empty.
  public var wrong: [EditProblem] = []
  /// The changes, in the order of the sources.
  public var verified: VerifiedPlan
  /// How many rows say that a value stays as it is.
  public var kept = 0

  /// Matches `file` with the findings of `result` and tries what it decides. Throws when a copy
  /// cannot be written or a source cannot be read.
  public static func make(
    _ result: LintResult, file: DecisionsFile, spoolFolder: String
  ) throws(SystemError) -> DecisionsPlan {
    var matching = Matching(file, result)
    matching.run()
    let trial = try EditTrial(
      matching.decided.map(\.request), on: result, spoolFolder: spoolFolder)
    let findings = Dictionary(grouping: trial.findings, by: \.dn)
    var wrong = file.wrong + matching.wrong + trial.wrong
    wrong += matching.decided.filter { trial.carriedOut.contains($0.request.place) }
      .compactMap { $0.objection(findings) }
    wrong.sort { $0.place < $1.place }
    var rows: Set<EditProblem.Place> = []
    wrong.removeAll { $0.place != .whole && !rows.insert($0.place).inserted }
    let reasons = Dictionary(
      uniqueKeysWithValues: matching.decided.map { ($0.request.place, $0.reason) })
    return DecisionsPlan(
      wrong: wrong, verified: trial.verified { reasons[$0.place] },
      kept: file.rows.count { $0.action == .complete })
  }
}

/// A row that was understood.
private struct Decided {
  var row: DecisionsFile.Row
  var request: EditRequest
  /// The findings that it is about; none where IdFix found something that no rule here does.
  var findings: [Finding]
  var attribute: String
  var old: [UInt8]?

  var new: [UInt8]? { row.action == .edit ? row.newValue : nil }

  var reason: ObjectEdit.Reason {
    let first = findings.first
    let row = "Decided in row \(row.number)."
    // The rule's reason is that of its own proposal alone.
    let proposal = first?.proposal.flatMap { repair in
      repair.action != .none && repair.value == new ? repair : nil
    }
    return ObjectEdit.Reason(
      rule: first.map { "\($0.rule) \($0.name)" } ?? "IdFix", attribute: attribute,
      edit: ValueEdit(old: old, new: new), isSafe: proposal?.isSafe ?? false,
      text: proposal.map { "\($0.reason) \(row)" } ?? row)
  }

  /// What is wrong when none of its findings is gone; `now` has the findings of changed objects by DN.
  func objection(_ now: [[UInt8]: [Finding]]) -> EditProblem? {
    let remaining = findings.compactMap { finding in
      now[finding.dn]?.first { now in
        now.rule == finding.rule && now.attribute == finding.attribute
          && (now.fingerprint == finding.fingerprint || (new != nil && now.value == new))
      }
    }
    guard !findings.isEmpty, remaining.count == findings.count, let first = remaining.first else {
      return nil
    }
    return request.problem("\(first.rule) still applies: \(first.message)")
  }
}

/// Finds what each row is about.
private struct Matching {
  let file: DecisionsFile
  var decided: [Decided] = []
  var wrong: [EditProblem] = []
  private var byFingerprint: [String: [Finding]] = [:]
  private var byDN: [[UInt8]: [Finding]] = [:]
  /// What has been decided about a value, and by which row.
  private var taken: [Place: (new: [UInt8]?, row: Int)] = [:]

  private struct Place: Hashable {
    var dn: [UInt8]
    var attribute: String
    var old: [UInt8]?
    /// Several values can be added.
    var added: [UInt8]?
  }

  init(_ file: DecisionsFile, _ result: LintResult) {
    self.file = file
    let fingerprints = Set(file.rows.compactMap(\.fingerprint))
    let names = Set(
      file.rows.filter { $0.fingerprint == nil }.map { EditRequest.key($0.dn) })
    var found: [Finding] = []
    result.render { objects, _ in
      objects.flatMap { $0 }.filter { finding in
        fingerprints.contains(finding.fingerprint)
          || (!names.isEmpty && names.contains(EditRequest.key(finding.dn)))
      }
    } consume: { part in
      found += part
      return true
    }
    for finding in found {
      byFingerprint[finding.fingerprint, default: []].append(finding)
      if !names.isEmpty { byDN[EditRequest.key(finding.dn), default: []].append(finding) }
    }
  }

  mutating func run() {
    for row in file.rows where row.action != .complete {
      if let reason = row.fingerprint == nil ? matchValue(row) : matchFingerprint(row) {
        wrong.append(EditProblem(place: .row(row.number), dn: row.dn, reason: reason))
      }
    }
  }

  // MARK: Matching

  /// What is wrong with a row of ours, or nil when it was taken over.
  private mutating func matchFingerprint(_ row: DecisionsFile.Row) -> String? {
    let all = byFingerprint[row.fingerprint ?? ""] ?? []
    // Values that differ only in case or outer white space have one fingerprint.
    guard let finding = all.first(where: { $0.shownValue == row.value }) ?? all.first else {
      return "there is no such finding now; check again, or delete the row"
    }
    guard let attribute = finding.attribute, attribute != "dn" else {
      return "a finding about the object or its DN cannot be decided here"
    }
    var old = finding.proposal?.target ?? finding.value
    if old == nil, !row.value.isEmpty { old = row.value }
    return take(row, finding.dn, attribute, old: old, findings: [finding])
  }

  /// What is wrong with a row of IdFix's, or nil when it was taken over.
  private mutating func matchValue(_ row: DecisionsFile.Row) -> String? {
    guard !row.attribute.isEmpty, row.attribute.lowercased() != "distinguishedname" else {
      return "a DN is changed by moving the object"
    }
    let findings = (byDN[EditRequest.key(row.dn)] ?? []).filter { finding in
      finding.attribute?.lowercased() == row.attribute.lowercased()
        && (finding.value ?? []) == row.value
    }
    return take(
      row, findings.first?.dn ?? row.dn, findings.first?.attribute ?? row.attribute,
      old: row.value.isEmpty ? nil : row.value, findings: findings)
  }

  private mutating func take(
    _ row: DecisionsFile.Row, _ dn: [UInt8], _ attribute: String, old: [UInt8]?,
    findings: [Finding]
  ) -> String? {
    let new = row.action == .edit ? row.newValue : nil
    if new?.isEmpty ?? false { return "EDIT needs a NEWVALUE; REMOVE takes the value away" }
    if new == nil, old == nil { return "there is no value to remove" }
    if new != nil, new == old { return "the new value is the old one; COMPLETE leaves it" }
    let place = Place(
      dn: EditRequest.key(dn), attribute: attribute.lowercased(), old: old,
      added: old == nil ? new : nil)
    if let earlier = taken[place], findings.first?.name != "repeated-value" {
      return earlier.new == new ? nil : "row \(earlier.row) decides otherwise about this value"
    }
    taken[place] = (new, row.number)
    let modifications = [
      old.map { Modification(.delete, attribute, [$0]) },
      new.map { Modification(.add, attribute, [$0]) },
    ]
    decided.append(
      Decided(
        row: row,
        request: EditRequest(
          place: .row(row.number), dn: dn, modifications: modifications.compactMap { $0 }),
        findings: findings, attribute: attribute, old: old))
    return nil
  }
}

extension Finding {
  /// The value that a decisions report shows.
  fileprivate var shownValue: [UInt8] { proposal?.target ?? value ?? [] }
}
