/// One stage of the way from what rules say to what reports show.
///
/// A stage changes findings or says something of them. What is to be left out has been left out
/// before, when findings were records that nobody had read again.
public protocol FindingStage: Sendable {
  /// Passes one object's findings, of which there is at least one, in their order. Several threads
  /// pass objects at once.
  func pass(_ findings: inout [Finding])

  /// Passes the summary, once, after the last object.
  func pass(_ summary: inout RunSummary)
}

extension FindingStage {
  /// Leaves the summary as it is.
  public func pass(_ summary: inout RunSummary) {}
}

/// What findings go through, in this order whatever is set first:
///
/// 1. silence: what a rule says after another that fires on the same value;
/// 2. severity: what the rule says, lowered where it hits less;
/// 3. filter: `--min-severity`;
/// 4. `exceptions`;
/// 5. `baseline`;
/// 6. `proposals`;
/// 7. `redaction`;
/// 8. the tally.
///
/// The first three look at records, before anything is explained: they are the run's
/// (`RecordStages` in Lint), which counts what they leave out. A stage that is not set costs nothing.
public struct FindingStages: Sendable {
  /// Says which findings may stay (`status`). Nothing makes exceptions yet.
  public var exceptions: (any FindingStage)?
  /// Says which findings are known. Nothing makes baselines yet.
  public var baseline: (any FindingStage)?
  /// Says what is to be done: today the decisions that a report fills in; the proposals of the
  /// plan of the whole run, once there is one for every report.
  public var proposals: (any FindingStage)?
  /// Masks what reports must not show.
  public var redaction: (any FindingStage)?

  /// What is counted in the end.
  public var shape = TallyShape()

  /// No stage but the tally.
  public init() {}

  private var all: [any FindingStage] {
    [exceptions, baseline, proposals, redaction].compactMap { $0 }
  }

  /// Passes `objects`, each with its findings, through all stages and counts what comes out.
  public func pass(_ objects: inout [[Finding]]) -> Tally {
    let stages = all
    if !stages.isEmpty {
      for index in objects.indices {
        for stage in stages { stage.pass(&objects[index]) }
      }
    }
    var tally = Tally(shape)
    for findings in objects { tally.add(findings) }
    return tally
  }

  /// The summary of a run with what was counted, passed through all stages.
  public func summary(_ base: RunSummary, _ tally: Tally) -> RunSummary {
    var summary = base
    tally.complete(&summary)
    for stage in all { stage.pass(&summary) }
    return summary
  }
}
