import Checks
import Findings
import LDIF

/// What one chunk gave.
struct ChunkOutput: Sendable {
  var source: Int
  var number: Int
  var chunk = ChunkReader.Chunk()
  /// In the total order.
  var findings: [FindingRecord] = []
  /// Of the records with findings, in their order.
  var checksums: [ObjectChecksums.Mark] = []
  /// The line of its beginning in the source, once all chunks before it have been read.
  var firstLine = 1
  /// With the line's number in the chunk.
  var problems: [(line: Int, problem: Problem)] = []
  var problemsOmitted = 0
  /// Change records, and the first of them: its line's number in the chunk and its offset in the source.
  var changes = 0
  var firstChange: (line: Int, offset: Int)?
  /// Entries read, whatever became of them.
  var entries = 0
  /// What the source says of the search that it is of, with the line's number in the chunk.
  var searchRemarks: [(line: Int, remark: SearchRemark)] = []
  /// With lines of the chunk.
  var remarks = FileRemarks()
  var skipped: [(line: Int, object: RunSummary.SkippedObject)] = []

  /// Problems kept of one chunk; a file that is no LDIF at all has one per block.
  static let maximumProblems = 500

  /// What all chunks gave, in their order; each knows then at which line it begins.
  static func inOrder(_ outputs: [ChunkOutput]) -> [ChunkOutput] {
    var outputs = outputs.sorted { ($0.source, $0.number) < ($1.source, $1.number) }
    for index in outputs.indices.dropFirst()
    where outputs[index].source == outputs[index - 1].source {
      outputs[index].firstLine = outputs[index - 1].firstLine + outputs[index - 1].chunk.lines
    }
    return outputs
  }
}
