import Bytes
import Directory
import Findings
import Lint
import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a run's findings as reports, all in one rendering.
struct ReportOutput {
  private let targets: [OutputOptions.Target]
  private let reports: [any Report]

  init(_ options: OutputOptions) throws {
    targets = try options.targets()
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

  /// Writes `result`; the summary that comes back is complete.
  func write(_ result: LintResult, header: RunHeader) throws -> RunSummary {
    let files = try targets.map { try OutputFile($0.path) }
    var summary = result.summary
    var topics: [String: [String: Int]] = [:]
    var failure: OutputError?
    let reports = reports
    for index in reports.indices {
      var buffer = OutputBuffer()
      reports[index].begin(header, isComplete: summary.isComplete, into: &buffer)
      failure = failure ?? files[index].write(&buffer)
    }
    result.render { objects, isFirst in
      Self.render(objects, isFirst: isFirst, reports)
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
    switch failure {
    case nil, .brokenPipe: return summary
    case .failed:
      throw Failure(
        "the report could not be written: \(failure.map(String.init(describing:)) ?? "")")
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
      for finding in findings {
        if let topic = finding.topic {
          block.topics[finding.rule, default: [:]][topic, default: 0] += 1
        }
        guard let repair = finding.repair, repair.action != .none else { continue }
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

/// A file that a report goes to, or standard output.
private final class OutputFile {
  private let descriptor: Int32
  private let isOwn: Bool
  private var writer: OutputWriter

  init(_ path: String?) throws {
    if let path {
      descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw Failure("\(path): \(SystemError(operation: "create").reason) (create)")
      }
      isOwn = true
    } else {
      descriptor = 1
      isOwn = false
    }
    writer = OutputWriter(descriptor: descriptor)
  }

  func write(_ buffer: inout OutputBuffer) -> OutputError? {
    do throws(OutputError) {
      try writer.write(&buffer)
      return nil
    } catch {
      return error
    }
  }

  func close() -> OutputError? {
    do throws(OutputError) {
      try writer.flush()
    } catch {
      return error
    }
    guard isOwn else { return nil }
    #if canImport(Darwin)
      return Darwin.close(descriptor) == 0 ? nil : .failed(code: errno)
    #elseif canImport(Musl)
      return Musl.close(descriptor) == 0 ? nil : .failed(code: errno)
    #else
      return Glibc.close(descriptor) == 0 ? nil : .failed(code: errno)
    #endif
  }
}
