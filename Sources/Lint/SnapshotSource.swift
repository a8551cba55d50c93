import Findings
import LDIF
import Rules
import System

extension LintSource {
  /// The source with what its comments say, when it is a snapshot. One that cannot be read stays as
  /// it is; reading on will say why.
  func withSnapshotComments() -> LintSource {
    guard let head = try? SnapshotComments.head(of: input),
      let tail = try? SnapshotComments.tail(of: input)
    else { return self }
    var source = with(head)
    source.problems += Self.problems(tail, name: name)
    return source
  }

  /// The source with what the comments at its head say, which come first.
  func withHeadComments() -> LintSource {
    guard let head = try? SnapshotComments.head(of: input) else { return self }
    return with(head)
  }

  private func with(_ head: SnapshotHead) -> LintSource {
    var source = self
    source.kind = kind ?? head.directory.flatMap(DirectoryKind.init(rawValue:))
    source.requestedAttributes = requestedAttributes ?? head.attributes
    source.notInGlobalCatalog += head.notInGlobalCatalog
    return source
  }

  private static func problems(_ tail: SnapshotTail, name: String) -> [Problem] {
    var problems = tail.problems.compactMap { problem in
      Problem.Kind(rawValue: problem.kind).map {
        Problem(kind: $0, message: problem.message, source: name)
      }
    }
    // A snapshot that does not say how it ended was cut off, whatever else it says.
    switch tail.end {
    case .missing:
      problems.append(
        Problem(
          kind: .incomplete,
          message: "the snapshot was cut off: the line that ends it is missing; scan again",
          source: name))
    case .incomplete where !problems.contains(where: \.makesIncomplete):
      problems.append(
        Problem(kind: .incomplete, message: "the snapshot is incomplete", source: name))
    case .complete, .incomplete: break
    }
    return problems
  }
}
