/// Counts findings by rule and cause.
struct CauseTally: Sendable {
  private struct Key: Hashable {
    var rule: String
    var cause: Cause
  }

  /// So many causes are told apart; a hostile source could have any number of domains. The findings of
  /// others count under their rule without a value.
  private static let maximumCauses = 1 << 14

  private let maximumExamples: Int
  private var causes: [Key: CauseCount] = [:]

  init(_ shape: TallyShape) { maximumExamples = shape.maximumExamples }

  /// Counts `finding`.
  mutating func add(_ finding: Finding) {
    var key = Key(rule: finding.rule, cause: finding.cause ?? Cause(kind: .rule, value: ""))
    if key.cause.kind == .group { key.cause.value = "" }
    if causes.count >= Self.maximumCauses, causes[key] == nil {
      key.cause = Cause(kind: .rule, value: "")
    }
    Self.add(
      finding,
      to: &causes[
        key, default: CauseCount(rule: key.rule, cause: key.cause, attribute: finding.attribute)],
      limit: maximumExamples)
  }

  // Static, since a method would need a copy of all counts while one of them changes.
  private static func add(_ finding: Finding, to count: inout CauseCount, limit: Int) {
    count.findings += 1
    count.severity = max(count.severity, finding.severity)
    count.consequence = max(count.consequence, finding.weight)
    let tells = finding.annotations.toldAt == nil
    if tells { count.groups += 1 }
    switch finding.proposal?.repair {
    case .safe: count.safelyFixable += 1
    case .unsafe: count.unsafelyFixable += 1
    case nil: break
    }
    if count.examples.count < limit, tells { count.examples.append(finding) }
  }

  /// Counts what `other` has counted.
  mutating func add(_ other: CauseTally) {
    for (key, theirs) in other.causes.sorted(by: { Self.precedes($0.key, $1.key) }) {
      var key = key
      if causes.count >= Self.maximumCauses, causes[key] == nil {
        key.cause = Cause(kind: .rule, value: "")
      }
      guard var mine = causes[key] else {
        causes[key] = theirs
        continue
      }
      mine.findings += theirs.findings
      mine.groups += theirs.groups
      mine.severity = max(mine.severity, theirs.severity)
      mine.consequence = max(mine.consequence, theirs.consequence)
      mine.safelyFixable += theirs.safelyFixable
      mine.unsafelyFixable += theirs.unsafelyFixable
      mine.examples += theirs.examples.prefix(maximumExamples - mine.examples.count)
      causes[key] = mine
    }
  }

  private static func precedes(_ left: Key, _ right: Key) -> Bool {
    (left.rule, left.cause.kind.rawValue, left.cause.value)
      < (right.rule, right.cause.kind.rawValue, right.cause.value)
  }

  /// The causes, worst first.
  var ranked: [CauseCount] {
    causes.sorted { left, right in
      if left.value.consequence != right.value.consequence {
        return left.value.consequence > right.value.consequence
      }
      return left.value.findings == right.value.findings
        ? Self.precedes(left.key, right.key) : left.value.findings > right.value.findings
    }
    .map(\.value)
  }
}
