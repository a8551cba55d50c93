import Bytes

/// Where the sources lie in the run: positions count their bytes one after the other.
package struct SourceMap: Sendable {
  /// The position of each source's first byte.
  private let starts: [Int]

  /// Positions kept for a source whose size is not known when the run begins: 256 GB of LDIF, of
  /// the 16 TB that a position can name.
  static let roomOfArrival = 1 << 38

  init(_ sources: [LintSource]) {
    var starts = [0]
    for source in sources.dropLast() { starts.append((starts.last ?? 0) + Self.room(of: source)) }
    self.starts = starts
  }

  private static func room(of source: LintSource) -> Int {
    // One more than the size, so that an empty source has a place as well.
    source.arrival == nil ? source.input.file.size + 1 : roomOfArrival
  }

  /// The position of the first byte of source number `source`.
  package func start(of source: Int) -> Int { starts[source] }

  /// The number of the source that has `position`, and the offset in it.
  package func locate(_ position: Int) -> (source: Int, offset: Int) {
    let source = starts.lastIndexInOrder { $0 <= position } ?? 0
    return (source, position - starts[source])
  }
}
