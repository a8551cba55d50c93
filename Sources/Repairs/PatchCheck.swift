import Bytes
import Directory
import Findings
import LDIF
import Lint
import System

/// What is wrong with a record of a patch or with a row of a decisions file.
public struct EditProblem: Sendable, Equatable {
  /// The line of the record or the number of the row, from 1.
  public var origin: Int
  /// The object's DN.
  public var dn: [UInt8]
  /// Why, as a phrase. May contain bytes of the directory.
  public var reason: String

  init(_ edit: Edit, reason: String) {
    origin = edit.origin
    dn = edit.dn
    self.reason = reason
  }

  init(origin: Int, dn: [UInt8], reason: String) {
    self.origin = origin
    self.dn = dn
    self.reason = reason
  }
}

/// A patch that somebody has edited, tried on the data as it is now.
public struct PatchCheck: Sendable {
  /// What is wrong, in the order of the patch.
  public var wrong: [EditProblem] = []
  /// The objects that the patch would change.
  public var objects = 0
  /// Findings before.
  public var before = 0
  /// Findings after.
  public var after = 0
  /// Findings that were not there before.
  public var new = 0
  /// Findings that are gone.
  public var repaired: Int { before - after + new }

  /// Tries `patch` on the sources of `result`. Throws when a copy cannot be written or a source
  /// cannot be read.
  public static func make(
    _ result: LintResult, patch: RecordList<ChangeRecord>, spoolFolder: String
  ) throws(SystemError) -> PatchCheck {
    var check = PatchCheck()
    check.wrong = patch.errors.map { EditProblem(origin: $0.line, dn: [], reason: $0.reason) }
    var edits: [Edit] = []
    for record in patch.records {
      guard case .modify(let modifications) = record.kind else {
        check.wrong.append(
          EditProblem(
            origin: record.line, dn: record.dn,
            reason: "only changes of attributes (changetype: modify) can be checked"))
        continue
      }
      edits.append(Edit(origin: record.line, dn: record.dn, modifications: modifications))
    }
    let trial = try Trial.run(edits, result, spoolFolder: spoolFolder)
    check.wrong += trial.edited.wrong + trial.caused
    check.wrong.sort { $0.origin < $1.origin }
    check.objects = trial.edited.objects.count
    check.before = result.findingCount
    check.after = trial.after.findingCount
    check.new = trial.new
    return check
  }
}

/// Edits carried out on copies of the sources, and what the rules say of the outcome.
struct Trial {
  var edited: EditedSources.Outcome
  var after: LintResult
  /// Findings of changed objects, before and after.
  var findingsBefore: [Finding]
  var findingsAfter: [Finding]
  /// How many findings are new.
  var new: Int
  /// Edits that cause something new.
  var caused: [EditProblem] = []

  static func run(
    _ edits: [Edit], _ result: LintResult, spoolFolder: String
  ) throws(SystemError) -> Trial {
    let edited = try EditedSources.apply(edits, result.context, spoolFolder: spoolFolder)
    let after = try LintRun(repeating: result, over: edited.sources).run()
    let old = result.findingKeys()
    let newKeys = after.findingKeys().filter { old[$0.key] == nil }
    let names = Set(edited.objects.map(\.dn)).union(newKeys.keys.map(\.dn))
    var trial = Trial(
      edited: edited, after: after, findingsBefore: result.findings(of: names),
      findingsAfter: after.findings(of: names), new: newKeys.values.reduce(0, +))
    trial.blame(edits)
    return trial
  }

  /// Finds out which edits cause what is new.
  ///
  /// New is a (rule, object, attribute) that was not there, and a collision of a value that did
  /// not collide, even on an object where another did.
  private mutating func blame(_ edits: [Edit]) {
    let fingerprints = Set(findingsBefore.map(\.fingerprint))
    let known = Set(findingsBefore.map(Self.triple))
    let changed = Dictionary(grouping: edits) { EditedSources.key($0.dn) }
    var blamed: Set<[String]> = []
    for finding in findingsAfter {
      let collides = !finding.related.isEmpty && !fingerprints.contains(finding.fingerprint)
      guard collides || !known.contains(Self.triple(finding)) else { continue }
      let own = changed[EditedSources.key(finding.dn)] ?? []
      let others = finding.related.flatMap { changed[EditedSources.key($0.dn)] ?? [] }
      // The other holder of a value that collides is not at fault where it has not changed.
      for edit in Self.culprits(own, finding) ?? Self.culprits(others, finding) ?? [] {
        let reason = Self.reason(finding)
        guard blamed.insert(["\(edit.origin)", reason]).inserted else { continue }
        caused.append(EditProblem(edit, reason: reason))
      }
    }
    if new > 0, caused.isEmpty {
      for finding in findingsAfter where !known.contains(Self.triple(finding)) {
        caused.append(EditProblem(origin: 0, dn: finding.dn, reason: Self.reason(finding)))
      }
    }
  }

  /// The edits of the finding's attribute among `edits`, else all; nil when there is none.
  private static func culprits(_ edits: [Edit], _ finding: Finding) -> [Edit]? {
    guard !edits.isEmpty else { return nil }
    let close = edits.filter { edit in
      edit.modifications.contains {
        $0.attribute.lowercased() == finding.attribute?.lowercased()
      }
    }
    let exact = close.filter { edit in
      edit.modifications.contains {
        $0.operation != .delete && $0.values.contains(finding.value ?? [])
      }
    }
    return !exact.isEmpty ? exact : !close.isEmpty ? close : edits
  }

  private static func triple(_ finding: Finding) -> [[UInt8]] {
    [Array(finding.rule.utf8), finding.dn, Array((finding.attribute ?? "").utf8)]
  }

  private static func reason(_ finding: Finding) -> String {
    let value = finding.value.map { " \"\(String(decoding: $0, as: UTF8.self))\"" } ?? ""
    return "would cause \(finding.rule) \(finding.name) on \(finding.attribute ?? "the object")"
      + "\(value): \(finding.message)"
  }
}

extension LintResult {
  /// The findings of the objects called `names`, in order.
  func findings(of names: Set<[UInt8]>) -> [Finding] {
    var all: [Finding] = []
    guard !names.isEmpty else { return [] }
    render { objects, _ in
      objects.flatMap { $0 }.filter { names.contains($0.dn) }
    } consume: { part in
      all += part
      return true
    }
    return all
  }
}
