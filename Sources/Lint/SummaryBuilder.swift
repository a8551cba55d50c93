import Checks
import Findings
import LDIF
import Rules
import Sync

/// Puts together what a run says about itself.
struct SummaryBuilder {
  let context: RunContext
  private let checks: [SourceChecks]
  let outputs: [ChunkOutput]
  let counts: PassCounts

  init(
    _ context: RunContext, checks: [SourceChecks], outputs: [ChunkOutput], counts: PassCounts
  ) {
    self.context = context
    self.checks = checks
    self.outputs = outputs
    self.counts = counts
  }

  /// The summary but for the findings, which are counted after all that happens to them.
  func summary(unreadable: [Problem]) -> RunSummary {
    let ruleSet = context.ruleSet
    var summary = RunSummary()
    summary.entries = counts.entries.reduce(0, +)
    summary.examined = Self.ranked(
      ObjectClass.allCases.map { ($0.name, counts.examined[Int($0.rawValue)]) })
    summary.skipped = Self.ranked(
      ruleSet.reasons.enumerated().map { ($0.element.phrase, counts.skipped[$0.offset]) }
        + [
          ("outside --base", counts.outsideBases),
          ("another copy of an object", counts.copies.reduce(0, +)),
        ])
    summary.rules = ruleSet.rules.count - ruleSet.inactive.count
    summary.problems = unreadable + problems()
    summary.skippedObjects = skippedObjects()
    if context.options.countsDomains { summary.domains = counts.domains.counts(context) }
    return summary
  }

  /// Reasons with the same words are one.
  private static func ranked(_ counts: [(String, Int)]) -> [RunSummary.SkipCount] {
    var merged: [RunSummary.SkipCount] = []
    for (reason, count) in counts where count > 0 {
      if let index = merged.firstIndex(where: { $0.reason == reason }) {
        merged[index].count += count
      } else {
        merged.append(RunSummary.SkipCount(reason: reason, count: count))
      }
    }
    return merged.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }

  // MARK: Problems

  private func problems() -> [Problem] {
    var result: [Problem] = []
    let searches = SearchAccount(context, outputs)
    for (source, checks) in zip(context.sources.indices, checks) {
      result += context.sources[source].problems
      result += nothingJudged(source, checks)
      result += changes(source)
      result += copies(source)
      result += inputProblems(source)
      result += searches.problems(source, checks.kind)
      result += notChecked(source, checks)
    }
    result += context.troubles
    // A base that could not be read has been told.
    if !result.contains(where: \.makesIncomplete) { result += emptyBases() }
    result += context.syncFilter?.problems ?? []
    result += missingMembers()
    if DomainQuestions.areAsked(context) {
      result += DomainQuestions(context, counts.suffixes).notes
    }
    result += context.options.notes.map { Problem(request: $0) }
    for (rule, reason) in context.ruleSet.inactive {
      result.append(Problem(kind: .note, message: "\(rule) did not run: it \(reason)"))
    }
    return result
  }

  /// That members of the groups that filter are in no source: nobody has looked at them.
  private func missingMembers() -> [Problem] {
    let missing = counts.metMembers.reduce(0) { $0 + $1.count { !$0 } }
    guard missing > 0 else { return [] }
    let all = counts.metMembers.reduce(0) { $0 + $1.count }
    return [
      Problem(
        request:
          "\(missing) of the \(all) members of --sync-group are in no source, so they were not "
          + "checked")
    ]
  }

  /// That records were left out because another one of the same object counts.
  private func copies(_ source: Int) -> [Problem] {
    let count = counts.copies[source]
    guard count > 0 else { return [] }
    return [
      Problem(
        kind: .note,
        message: count == 1
          ? "1 record is of an object that is in the data more than once (the same objectGUID, "
            + "entryUUID or DN); another copy of it counts"
          : "\(count) records are of objects that are in the data more than once (the same "
            + "objectGUID, entryUUID or DN); another copy of each counts",
        source: context.sources[source].name)
    ]
  }

  private func inputProblems(_ source: Int) -> [Problem] {
    var result: [Problem] = []
    var omitted = 0
    var remarks = FileRemarks()
    for output in outputs where output.source == source {
      for (line, problem) in output.problems {
        var numbered = problem
        numbered.line = output.firstLine + line
        result.append(placed(numbered, source))
      }
      omitted += output.problemsOmitted
      remarks.add(output.remarks, firstLine: output.firstLine)
    }
    result += remarks.problems(context.sources[source].name).map { placed($0, source) }
    if omitted > 0 {
      result.append(
        Problem(
          kind: .malformedRecord, message: "\(omitted) more records like these are not listed",
          source: context.sources[source].name))
    }
    return result
  }

  /// `problem` with its place in the file that the user has, not in what was read of it.
  private func placed(_ problem: Problem, _ source: Int) -> Problem {
    let places = context.sources[source].places
    var problem = problem
    problem.line = problem.line.flatMap(places.line(of:))
    problem.byteOffset = problem.byteOffset.flatMap(places.offset(of:))
    return problem
  }

  /// Rules that the source cannot be judged by, said once per set of missing attributes.
  private func notChecked(_ source: Int, _ checks: SourceChecks) -> [Problem] {
    guard counts.entries[source] > 0 else { return [] }
    let name = context.sources[source].name
    let hidden = context.ruleSet.rules(
      reading: context.sources[source].notInGlobalCatalog, kind: checks.kind)
    let hiddenRules = Set(hidden.map(\.rule))
    let unseen = checks.notChecked.filter { !hiddenRules.contains($0.rule) }
    return notScoped(source, checks)
      + Self.grouped(hidden.map { ($0.attributes, $0.rule) }).map { missing, rules in
        // The directory has values that were not looked at.
        Problem(
          kind: .notChecked,
          message: "not checked in full, because the Global Catalog does not hold \(missing): "
            + "\(rules); scan each domain on port 389 or 636 instead",
          source: name)
      }
      + Self.grouped(unseen.map { ($0.missing, $0.rule) }).map { missing, rules in
        // An export that was made without an attribute is what it is: worth a note, no failure.
        Problem(
          kind: .note,
          message: "not checked, because no object of this source carries \(missing): \(rules)",
          source: name)
      }
  }

  /// What the scope cannot know of the source.
  private func notScoped(_ source: Int, _ checks: SourceChecks) -> [Problem] {
    let missing = context.ruleSet.sync.scopeReads(
      context.sources[source].notInGlobalCatalog, kind: checks.kind)
    guard !missing.isEmpty, !context.ruleSet.settings.lintsAllObjects else { return [] }
    return [
      Problem(
        kind: .notChecked,
        message: "the scope is not judged in full, because the Global Catalog does not hold "
          + "\(missing.joined(separator: ", ")): objects that would not be synchronized may be "
          + "among those examined; scan each domain on port 389 or 636 instead",
        source: context.sources[source].name)
    ]
  }

  /// Rules by the attributes that they miss, as lists for people, in the order of the rules.
  private static func grouped(
    _ rules: [(missing: [String], rule: String)]
  ) -> [(missing: String, rules: String)] {
    var groups: [[String]: [String]] = [:]
    for (missing, rule) in rules { groups[missing, default: []].append(rule) }
    return groups.sorted { $0.value[0] < $1.value[0] }
      .map { ($0.key.joined(separator: ", "), $0.value.joined(separator: ", ")) }
  }

  private func skippedObjects() -> [RunSummary.SkippedObject] {
    var result: [RunSummary.SkippedObject] = []
    for output in outputs {
      for (line, object) in output.skipped {
        var placed = object
        placed.line = context.sources[output.source].places.line(of: output.firstLine + line)
        result.append(placed)
      }
    }
    return result
  }
}
