import Bytes
import Checks
import Findings

/// The first three of the stages that findings go through (`FindingStages` has the rest): silence,
/// severity, filter. They look at records, so that what falls away is never explained.
///
/// Exceptions by rule, DN or attribute may leave out records here as well; they come after.
struct RecordStages {
  private let context: RunContext
  private let masters: Set<[UInt8]>?
  private var ruleSet: RuleSet { context.ruleSet }

  init(_ context: RunContext, masters: Set<[UInt8]>?) {
    self.context = context
    self.masters = masters
  }

  /// Gives each record of `fired` whose rule's severity depends on the object, and that has none yet, one
  /// of its own.
  func weigh(_ fired: inout [FindingRecord]) {
    guard ruleSet.hasLowered else { return }
    for (index, severity) in severities(fired) { fired[index].severity = severity }
  }

  private func severities(_ fired: [FindingRecord]) -> [(index: Int, severity: Severity?)] {
    let open = fired.indices.filter { index in
      fired[index].severity == nil && !ruleSet.rules[Int(fired[index].rule)].lowered.isEmpty
    }
    let severities = Workers.map(open.count, blockSize: 1024, threads: context.options.threads) {
      (examiner: context.examiner(masters), last: -1)
    } block: { worker, range in
      open[range].map { index -> Severity? in
        let record = fired[index]
        if record.position != worker.last {
          worker.last = worker.examiner.read(record.position) ? record.position : -1
        }
        guard worker.last >= 0 else { return nil }
        return worker.examiner.evaluator.severity(ofRule: record.rule)
      }
    }
    return Array(zip(open, severities.joined()).map { ($0, $1) })
  }

  /// Those of `fired`, which are in their order, that something is said of, and how many the
  /// filter has left out.
  func kept(
    _ fired: [FindingRecord], groups: [HolderGroup]
  ) -> (findings: [FindingRecord], filtered: Int) {
    let minimum = ruleSet.settings.minimumSeverity
    guard ruleSet.hasSilencers || minimum > .info else { return (fired, 0) }
    let heard = ruleSet.hasSilencers ? withoutSilenced(fired, groups) : fired
    let findings = heard.filter { record in
      record.severity ?? ruleSet.rules[record.rule].severity >= minimum
    }
    return (findings, heard.count - findings.count)
  }

  /// Those of `fired` that no rule which fires on the same value leaves nothing to say.
  private func withoutSilenced(
    _ fired: [FindingRecord], _ groups: [HolderGroup]
  ) -> [FindingRecord] {
    var heard: [FindingRecord] = []
    heard.reserveCapacity(fired.count)
    var silenced: [Int: Set<Int>] = [:]
    func tell(_ record: FindingRecord, _ isHeard: Bool) {
      if isHeard { return heard.append(record) }
      if record.group >= 0 { silenced[record.group, default: []].insert(record.position) }
    }
    var start = 0
    while start < fired.count {
      var end = start + 1
      while end < fired.count, fired[end].position == fired[start].position { end += 1 }
      let mine = fired[start..<end]
      if mine.count <= Self.few {
        for index in start..<end {
          tell(fired[index], !isSilent(fired, index, among: start..<end))
        }
      } else {
        let rules = Dictionary(grouping: mine, by: { $0.place }).mapValues { $0.map(\.rule) }
        for record in mine {
          tell(record, !ruleSet.isSilent(record.rule, beside: rules[record.place] ?? []))
        }
      }
      start = end
    }
    return silenced.isEmpty ? heard : heard.filter { Self.hasOther($0, groups, silenced) }
  }

  /// Whether one of the records of its object, which are at `range`, leaves the one at `index` nothing to
  /// say.
  @inline(__always)
  private func isSilent(
    _ fired: [FindingRecord], _ index: Int, among range: Range<Int>
  ) -> Bool {
    let rule = fired[index].rule
    guard range.count > 1, ruleSet.mayBeSilent(rule) else { return false }
    for other in range where fired[other].isAboutSameValue(as: fired[index]) {
      if ruleSet.isSilent(rule, beside: fired[other].rule) { return true }
    }
    return false
  }

  /// Whether somebody else holds the value that `record` is about who has not lost it anyway: of whom
  /// another rule says that it does not arrive.
  private static func hasOther(
    _ record: FindingRecord, _ groups: [HolderGroup], _ silenced: [Int: Set<Int>]
  ) -> Bool {
    guard record.group >= 0, let lost = silenced[record.group],
      let mine = groups[record.group].holder(at: record.position)
    else { return true }
    return groups[record.group].holders.contains { holder in
      holder.person != mine.person && holder.isInScope && !lost.contains(holder.position)
    }
  }

  /// So many records of an object are held against each other one by one.
  private static let few = 16
}

extension FindingRecord {
  /// The value of its object that it is about.
  fileprivate var place: ValuePlace { ValuePlace(attribute: attribute, ordinal: ordinal) }
}
