import Bytes
import Findings
import Lint
import Reports
import Synchronization
import System

/// Writes a run's findings as reports, all in one rendering.
struct ReportOutput {
  private let paths: [String]
  private let files: [OutputFile]
  private let reports: [any Report]
  /// By number, what a text report becomes when it would have more objects than a person reads: the
  /// style was left to the program.
  private let shorter: [Int: any Report]

  /// Opens the files of `targets`, none of which may be one of `occupied`, which says why not, or of
  /// another report.
  init(
    _ targets: [OutputOptions.Target], _ options: OutputOptions, _ common: CommonOutput,
    occupied: [FileIdentity: String]
  ) throws {
    var taken = occupied
    files = try targets.map { target in
      let file = try OutputFile.opened(target.path, taken: taken)
      if let identity = file.identity { taken[identity] = "another report goes there" }
      return file
    }
    paths = targets.compactMap(\.path)
    reports = targets.map { $0.format.report(options.options($0, common.color)) }
    var shorter: [Int: any Report] = [:]
    for (number, target) in targets.enumerated()
    where target.format == .text && options.textStyle == nil {
      var chosen = options.options(target, common.color)
      chosen.style = .summary
      shorter[number] = target.format.report(chosen)
    }
    self.shorter = shorter
  }

  /// Throws when a report goes to one of `snapshots`, which take the place of what is there, and with
  /// it of a report that was made only now.
  func refuse(_ snapshots: [String]) throws {
    for identity in snapshots.compactMap(FileIdentity.init(path:)) {
      guard let path = paths.first(where: { FileIdentity(path: $0) == identity }) else { continue }
      throw Failure("\(path): no report can be written there; the snapshot goes there")
    }
  }

  /// Writes what passes `stages` of `result`; the summary that comes back is complete.
  func write(
    _ result: LintResult, through stages: FindingStages, header: RunHeader
  ) throws -> RunSummary {
    var failure: OutputFile.Failed?
    let isComplete = result.summary.isComplete && result.troubles.isEmpty
    for index in reports.indices {
      var buffer = OutputBuffer()
      reports[index].begin(header, isComplete: isComplete, into: &buffer)
      failure = failure ?? files[index].write(&buffer)
    }
    // What a text report says of objects waits until it is known that they are few.
    var waiting: [Int: [OutputBuffer]] = shorter.mapValues { _ in [] }
    let objects = Atomic(0)
    let (reports, waits) = (reports, Set(shorter.keys))
    let summary = result.report(through: stages) { found, isFirst in
      let isLong = found.count > Self.few || objects.load(ordering: .relaxed) > Self.few
      return Self.render(found, isFirst: isFirst, reports, leavingOut: isLong ? waits : [])
    } consume: { rendered in
      objects.wrappingAdd(rendered.objects, ordering: .relaxed)
      if objects.load(ordering: .relaxed) > Self.few { waiting = [:] }
      for index in files.indices {
        if shorter[index] != nil {
          waiting[index]?.append(rendered.buffers[index])
        } else {
          var buffer = rendered.buffers[index]
          failure = failure ?? files[index].write(&buffer)
        }
      }
      return failure == nil
    }
    for index in reports.indices where failure == nil {
      var buffer = OutputBuffer()
      for part in waiting[index] ?? [] { buffer.append(part) }
      let report = waiting[index] == nil ? shorter[index] ?? reports[index] : reports[index]
      report.end(summary, header, into: &buffer)
      failure = files[index].write(&buffer) ?? files[index].close()
    }
    if let failure, failure.error != .brokenPipe {
      throw Failure("\(failure.name): the report could not be written: \(failure.error)")
    }
    return summary
  }

  private static let few = TextStyle.objectsInFull

  /// The findings of some objects in each format but those in `omitted`.
  private static func render(
    _ objects: [[Finding]], isFirst: Bool, _ reports: [any Report], leavingOut omitted: Set<Int>
  ) -> (objects: Int, buffers: [OutputBuffer]) {
    let buffers = reports.enumerated().map { index, report in
      var buffer = OutputBuffer()
      if omitted.contains(index) { return buffer }
      for (number, findings) in objects.enumerated() {
        report.object(findings, isFirst: isFirst && number == 0, into: &buffer)
      }
      return buffer
    }
    return (objects.count, buffers)
  }
}
