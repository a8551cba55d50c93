import Bytes
import Findings
import Lint
import Reports
import System

/// Writes a run's findings as reports, all in one rendering.
struct ReportOutput {
  private let paths: [String]
  private let files: [OutputFile]
  private let reports: [any Report]

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
    let reports = reports
    let isComplete = result.summary.isComplete && result.troubles.isEmpty
    for index in reports.indices {
      var buffer = OutputBuffer()
      reports[index].begin(header, isComplete: isComplete, into: &buffer)
      failure = failure ?? files[index].write(&buffer)
    }
    let summary = result.report(through: stages) { objects, isFirst in
      Self.render(objects, isFirst: isFirst, reports)
    } consume: { buffers in
      for index in files.indices {
        var buffer = buffers[index]
        failure = failure ?? files[index].write(&buffer)
      }
      return failure == nil
    }
    for index in reports.indices where failure == nil {
      var buffer = OutputBuffer()
      reports[index].end(summary, header, into: &buffer)
      failure = files[index].write(&buffer) ?? files[index].close()
    }
    if let failure, failure.error != .brokenPipe {
      throw Failure("\(failure.name): the report could not be written: \(failure.error)")
    }
    return summary
  }

  /// The findings of some objects in each format.
  private static func render(
    _ objects: [[Finding]], isFirst: Bool, _ reports: [any Report]
  ) -> [OutputBuffer] {
    reports.map { report in
      var buffer = OutputBuffer()
      for (number, findings) in objects.enumerated() {
        report.object(findings, isFirst: isFirst && number == 0, into: &buffer)
      }
      return buffer
    }
  }
}
