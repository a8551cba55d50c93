import Checks
import Lint
import System

/// Edits carried out on copies of the sources, and what the rules say of those: what planned the edits
/// has no part in it.
struct PlanTrial {
  let before: LintResult
  let after: LintResult
  private let stretches: [FileStretches?]
  private var new: NewFindings?

  /// Tries `objects`, which are in the order of their positions. Throws when a copy cannot be written
  /// or a source cannot be read.
  init(
    _ objects: [ObjectEdit], on result: LintResult, spoolFolder: String
  ) throws(SystemError) {
    before = result
    guard !objects.isEmpty else {
      stretches = result.context.sources.map { _ in nil }
      after = result
      return
    }
    let patched = try PatchedSources(result.context, spoolFolder: spoolFolder).apply(objects)
    stretches = patched.stretches
    after = try LintRun(repeating: result, over: patched.sources).run()
    result.context.compare(
      after.sources.map(\.entries), with: result.sources.map(\.entries))
    let edited = Dictionary(objects.map { ($0.position, $0.isOrdered) }) { $0 || $1 }
    new = NewFindings(
      before: result.findingPlaces(), after: after, edited: { edited[$0] }, former: formerPosition)
  }

  /// Where the object that is at `position` now was before.
  func formerPosition(_ position: Int) -> Int {
    let (source, offset) = after.context.map.locate(position)
    return before.context.map.start(of: source) + (stretches[source]?.former(offset) ?? offset)
  }

  /// Whether a finding is of a rule that did not fire on the attribute of the object before, and none
  /// that the edits may cause.
  func isNew(_ finding: FindingRecord) -> Bool {
    new?.isObjectionable(finding, at: formerPosition(finding.position)) ?? false
  }

  /// How many findings are new.
  var newCount: Int { after.findings.count(where: isNew) }
}
