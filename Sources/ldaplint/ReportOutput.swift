import Bytes
import Directory
import Findings
import Lint
import Repairs
import Reports

/// Writes a run's findings as reports, all in one rendering.
struct ReportOutput {
  private let files: [OutputFile]
  private let reports: [any Report]

  /// Opens the files of `targets`, none of which may be one of `occupied`, which says why not, or of
  /// another report.
  init(
    _ targets: [OutputOptions.Target], _ options: OutputOptions,
    occupied: [FileIdentity: String]
  ) throws {
    var taken = occupied
    files = try targets.map { target in
      let file = try OutputFile(target.path, taken: taken)
      if let identity = file.identity { taken[identity] = "another report goes there" }
      return file
    }
    reports = targets.map { $0.format.report(options.options($0)) }
  }

  /// What one block of findings became.
  private struct Block: Sendable {
    var buffers: [OutputBuffer]
    var safe = 0
    var unsafe = 0
    /// By rule and topic.
    var topics: [String: [String: Int]] = [:]
  }

  /// Writes `result`; the summary that comes back is complete. `filled` is what a decisions report
  /// fills in.
  func write(
    _ result: LintResult, header: RunHeader, filled: FilledDecisions? = nil
  ) throws -> RunSummary {
    for file in files { file.empty() }
    var summary = result.summary
    var topics: [String: [String: Int]] = [:]
    var failure: OutputFile.Failed?
    let reports = reports
    for index in reports.indices {
      var buffer = OutputBuffer()
      reports[index].begin(header, isComplete: summary.isComplete, into: &buffer)
      failure = failure ?? files[index].write(&buffer)
    }
    result.render { objects, isFirst in
      Self.render(Self.decided(objects, filled), isFirst: isFirst, reports)
    } consume: { block in
      summary.safelyFixable += block.safe
      summary.unsafelyFixable += block.unsafe
      for (rule, counts) in block.topics {
        topics[rule, default: [:]].merge(counts) { $0 + $1 }
      }
      for index in files.indices {
        var buffer = block.buffers[index]
        failure = failure ?? files[index].write(&buffer)
      }
      return failure == nil
    }
    Self.add(topics, to: &summary)
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

  private static func decided(
    _ objects: [[Finding]], _ filled: FilledDecisions?
  ) -> [[Finding]] {
    guard let filled else { return objects }
    return objects.map { findings in
      findings.map { finding in
        var finding = finding
        finding.decision = filled.decision(on: finding)
        return finding
      }
    }
  }

  private static func render(
    _ objects: [[Finding]], isFirst: Bool, _ reports: [any Report]
  ) -> Block {
    var block = Block(buffers: reports.map { _ in OutputBuffer() })
    for (number, findings) in objects.enumerated() {
      for index in reports.indices {
        reports[index].object(
          findings, isFirst: isFirst && number == 0, into: &block.buffers[index])
      }
      for index in findings.indices {
        if let topic = findings[index].topic {
          block.topics[findings[index].rule, default: [:]][topic, default: 0] += 1
        }
        guard let repair = findings[index].repair, repair.action != .none else { continue }
        if repair.isSafe { block.safe += 1 } else { block.unsafe += 1 }
      }
    }
    return block
  }

  /// A value that at least half of a rule's findings share is worth saying once.
  private static func add(_ topics: [String: [String: Int]], to summary: inout RunSummary) {
    for index in summary.byRule.indices {
      let counts = topics[summary.byRule[index].rule] ?? [:]
      guard
        let top = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
        top.value > 1, top.value * 2 >= summary.byRule[index].count
      else { continue }
      summary.byRule[index].mostly = "\(top.key) (\(top.value))"
    }
  }
}
