import Bytes
import Findings

/// A report's format: turns findings into bytes, and keeps no state.
///
/// The unit is one object with all its findings in their total order. Objects may be rendered by
/// several threads at once, each into its own buffer; the buffers are joined in order, between
/// what `begin` and `end` write.
public protocol Report: Sendable {
  /// Writes what comes before the first finding.
  ///
  /// - Parameter isComplete: whether the run saw all of its input. Findings are rendered after the
  ///   checks, so that this is known; who does not know yet says true, and `end` tells.
  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer)

  /// Writes one object's findings, of which there is at least one, in their order.
  ///
  /// - Parameter isFirst: whether this is the first object of the whole report.
  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer)

  /// Writes what comes after the last finding.
  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer)
}
