import Bytes
import Findings
import LDIF
import Lint
import Repairs
import Reports
import System

/// What reports show of a forest, held against what plans write.
struct Shown {
  /// A value that comes to an object or goes from it.
  private struct Change: Hashable, CustomStringConvertible {
    var dn: [UInt8]
    var attribute: String
    var isNew: Bool
    var value: [UInt8]

    var description: String {
      let text = String(decoding: value, as: UTF8.self).debugDescription
      return "\(isNew ? "+" : "-")\(attribute) \(text) of \(String(decoding: dn, as: UTF8.self))"
    }
  }

  /// What is proposed about one value.
  private struct Offer: Hashable {
    var dn: [UInt8]
    var attribute: String
    var old: [UInt8]?
    var new: [UInt8]?
  }

  /// What is wrong: what is shown and not written, or written and not shown.
  private(set) var problems: [String] = []

  /// Holds what `findings` propose against what `safe` plans and `all` plans write: of each value what the
  /// unsafe plan makes of it, and what the safe one does.
  init(_ findings: [Finding], safe: RepairPlan, all: RepairPlan) {
    var first: Set<Offer> = []
    var last: Set<Offer> = []
    for finding in findings.flatMap({ [$0] + $0.annotations.followers }) {
      guard let proposal = finding.proposal, proposal.action != .none else { continue }
      var offer = Offer(
        dn: finding.dn, attribute: finding.attribute ?? "",
        old: proposal.action == .add ? nil : proposal.target ?? finding.value, new: proposal.value)
      last.insert(offer)
      if !proposal.isSafe {
        guard let value = proposal.safeValue else { continue }
        offer.new = value
      }
      first.insert(offer)
    }
    compare(Self.changes(last), Self.changes(all), "--unsafe-fixes")
    compare(Self.changes(first), Self.changes(safe), "safe repairs")
  }

  private mutating func compare(_ shown: Set<Change>, _ done: Set<Change>, _ name: String) {
    problems += shown.subtracting(done).map { "\(name): shown and not done: \($0)" }.sorted()
    problems += done.subtracting(shown).map { "\(name): done and not shown: \($0)" }.sorted()
  }

  /// What `offers` come to.
  private static func changes(_ offers: Set<Offer>) -> Set<Change> {
    net(
      offers.flatMap { offer in
        [(offer.old, false), (offer.new, true)].compactMap { value, isNew in
          value.map {
            Change(dn: offer.dn, attribute: offer.attribute, isNew: isNew, value: $0)
          }
        }
      })
  }

  /// What `plan` writes.
  private static func changes(_ plan: RepairPlan) -> Set<Change> {
    net(
      plan.objects.flatMap { object in
        object.modifications.flatMap { modification in
          modification.values.map {
            Change(
              dn: object.dn, attribute: modification.attribute,
              isNew: modification.operation == .add, value: $0)
          }
        }
      })
  }

  /// What `changes` come to: a value that one takes away and another brings stays. A value that is there
  /// twice and has to go twice is shown once.
  private static func net(_ changes: [Change]) -> Set<Change> {
    var counts: [Change: Int] = [:]
    for var change in changes {
      let step = change.isNew ? 1 : -1
      change.isNew = true
      counts[change, default: 0] += step
    }
    return Set(
      counts.compactMap { change, count in
        guard count != 0 else { return nil }
        var change = change
        change.isNew = count > 0
        return change
      })
  }
}

extension Bench {
  /// What is wrong with what reports show of `forest`.
  func shownProblems(_ forest: Forest) throws -> [String] {
    let result = try lint(forest)
    let safe = try fix(result, allowsUnsafe: false)
    let all = try fix(result, allowsUnsafe: true)
    return Shown(try result.proposing().findings(), safe: safe.plan, all: all.plan).problems
  }

  /// What is wrong with a decisions file for `forest` of which every proposal is accepted, and with the
  /// patch of all repairs, were it a person's.
  func acceptingProblems(_ forest: Forest) throws -> [String] {
    let result = try lint(forest)
    let all = try fix(result, allowsUnsafe: true)
    let proposing = try result.proposing()
    let patch = Self.texts(all.plan).forward.withByteView { ChangeRecordReader.read($0) }
    let check = try PatchCheck.make(
      try lint(forest), patch: patch, spoolFolder: Spool.defaultFolder)
    var problems = check.wrong.map {
      "fix --check: \(String(decoding: $0.dn, as: UTF8.self)): \($0.reason)"
    }
    let accepted = try DecisionsPlan.make(
      try lint(forest), file: try DecisionsFile(Self.accepted(proposing)),
      spoolFolder: Spool.defaultFolder)
    problems += accepted.wrong.map {
      "a row is refused: \(String(decoding: $0.dn, as: UTF8.self)): \($0.reason)"
    }
    guard accepted.wrong.isEmpty, Self.lines(accepted.verified.plan) != Self.lines(all.plan)
    else { return problems }
    let lines = Self.lines(accepted.verified.plan).difference(from: Self.lines(all.plan))
    return problems + [
      "accepting every row does something else than --unsafe-fixes: "
        + lines.prefix(8).map { change in
          switch change {
          case .insert(_, let line, _): "+\(line)"
          case .remove(_, let line, _): "-\(line)"
          }
        }.joined(separator: " | ")
    ]
  }

  /// A decisions file in which every proposal is accepted.
  private static func accepted(_ result: LintResult) -> [UInt8] {
    let report = ReportFormat.decisions.report()
    let header = RunHeader(toolVersion: "", ruleDataDate: "", packs: [], sources: [])
    var request = RepairRequest()
    request.allowsUnsafe = true
    var stages = FindingStages()
    stages.proposals = FilledDecisions(request: request)
    var out = OutputBuffer()
    report.begin(header, isComplete: true, into: &out)
    _ = result.report(through: stages) { objects, _ in
      var part = OutputBuffer()
      for findings in objects { report.object(findings, isFirst: false, into: &part) }
      return part
    } consume: { part in
      out.append(part)
      return true
    }
    return Array(out.bytes)
  }

  /// The lines of a patch, whose values come in any order.
  private static func lines(_ plan: RepairPlan) -> [Substring] {
    var plan = plan
    plan.objects.sort { $0.dn.lexicographicallyPrecedes($1.dn) }
    for index in plan.objects.indices {
      plan.objects[index].reasons = []
      plan.objects[index].modifications = plan.objects[index].modifications.map {
        var modification = $0
        modification.values.sort { $0.lexicographicallyPrecedes($1) }
        return modification
      }.sorted {
        ($0.attribute, $0.operation == .add ? 1 : 0) < ($1.attribute, $1.operation == .add ? 1 : 0)
      }
    }
    return String(decoding: texts(plan).forward, as: UTF8.self).split(separator: "\n")
  }
}
