import Bytes
import Findings
import LDIF
import Rules
import System

/// What a snapshot of a live directory says about itself in the comment lines at its head and its
/// tail: what was asked for, and what could not be had.
///
/// Lines are `# key: value`, folded like any LDIF line. A scan that is linted at once is read from
/// the same bytes, so that a saved snapshot gives the same result later.
struct SnapshotComments: Equatable {
  /// The first bytes of every snapshot.
  static let mark = "# ldaplint-snapshot: "
  /// The end of a snapshot that was read to its end has this key.
  private static let endKey = "end"
  /// The first blocks read at the head and the tail, and the most that is read of either.
  private static let block = 64 << 10
  private static let mostBytes = 16 << 20

  /// The kind of directory, where the server told.
  var kind: DirectoryKind?
  /// The attributes that were asked for; nil when every user attribute was.
  var attributes: [String]?
  /// Attributes that the Global Catalog did not hold.
  var notInGlobalCatalog: [String] = []
  /// What went wrong.
  var problems: [Problem] = []

  /// The comments at the head of `input` alone; nil when it is no snapshot.
  init?(head input: LDIFInput) throws(SystemError) {
    let head = try Self.head(of: input)
    guard let first = head.first, first.hasPrefix(Self.mark) else { return nil }
    for (key, value) in head.compactMap(Self.pair) { take(key, value) }
  }

  /// The comments of `input`; nil when it is no snapshot.
  init?(_ input: LDIFInput, name: String) throws(SystemError) {
    try self.init(head: input)
    let tail = try Self.tail(of: input).compactMap(Self.pair)
    for (key, value) in tail where key == "problem" {
      let parts = value.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let kind = Problem.Kind(rawValue: String(parts[0])) else { continue }
      problems.append(Problem(kind: kind, message: String(parts[1]), source: name))
    }
    takeEnd(tail.last { $0.key == Self.endKey }?.value, name: name)
  }

  /// A snapshot that does not say how it ended was cut off, whatever else it says.
  private mutating func takeEnd(_ end: Substring?, name: String) {
    let isComplete = end?.hasPrefix("complete") ?? false
    guard !isComplete, end == nil || !problems.contains(where: \.makesIncomplete) else { return }
    let message =
      end == nil
      ? "the snapshot was cut off: the line that ends it is missing; scan again"
      : "the snapshot is incomplete"
    problems.append(Problem(kind: .incomplete, message: message, source: name))
  }

  private mutating func take(_ key: Substring, _ value: Substring) {
    switch key {
    case "directory": kind = DirectoryKind(rawValue: String(value))
    case "attributes":
      attributes = value == "*" ? nil : value.split(separator: " ").map(String.init)
    case "not-in-global-catalog": notInGlobalCatalog = value.split(separator: " ").map(String.init)
    default: break
    }
  }

  // MARK: Lines

  /// `# key: value` taken apart.
  private static func pair(_ line: String) -> (key: Substring, value: Substring)? {
    guard line.hasPrefix("# "), let colon = line.firstRange(of: ": ") else { return nil }
    return (line.dropFirst(2)[..<colon.lowerBound], line[colon.upperBound...])
  }

  /// The comment lines before the first other line.
  private static func head(of input: LDIFInput) throws(SystemError) -> [String] {
    let window = FileWindow(file: input.file, capacity: block)
    var size = block
    while true {
      try window.load(at: input.firstByte, count: size)
      let bytes = withoutReturns(window.bytes)
      let isSnapshot = bytes.starts(with: mark.utf8)
      let end = endOfComments(bytes)
      if !isSnapshot || end != nil || window.reachesEnd || size >= mostBytes {
        return isSnapshot ? unfolded(bytes[..<(end ?? bytes.count)]) : []
      }
      size *= 2
    }
  }

  /// Where the first line begins that is neither a comment nor goes on with one.
  private static func endOfComments(_ bytes: [UInt8]) -> Int? {
    var start = 0
    while start < bytes.count {
      guard bytes[start] == UInt8(ascii: "#") || bytes[start] == UInt8(ascii: " ") else {
        return start
      }
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
      start = end + 1
    }
    return nil
  }

  /// The comment lines after the last record. None when the last line has no end.
  private static func tail(of input: LDIFInput) throws(SystemError) -> [String] {
    let window = FileWindow(file: input.file, capacity: block)
    var size = block
    while true {
      let start = max(input.firstByte, input.file.size - size)
      try window.load(at: start, count: input.file.size - start)
      let bytes = withoutReturns(window.bytes)
      guard bytes.last == 0x0A else { return [] }
      var index = bytes.count - 1
      while index > 0, bytes[index] != 0x0A || bytes[index - 1] != 0x0A { index -= 1 }
      if index > 0 || start == input.firstByte || size >= mostBytes {
        return unfolded(bytes[(index + 1)...])
      }
      size *= 2
    }
  }

  /// A snapshot that went through Windows may have lines that end in CR LF.
  private static func withoutReturns(_ bytes: ByteView) -> [UInt8] {
    bytes.array.filter { $0 != 0x0D }
  }

  private static func unfolded(_ bytes: ArraySlice<UInt8>) -> [String] {
    var lines: [[UInt8]] = []
    for line in bytes.split(separator: 0x0A) {
      if line.first == UInt8(ascii: " "), !lines.isEmpty {
        lines[lines.count - 1] += line.dropFirst()
      } else {
        lines.append(Array(line))
      }
    }
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension LintSource {
  /// The source with what its comments say, when it is a snapshot. One that cannot be read stays as
  /// it is; reading on will say why.
  func withSnapshotComments() -> LintSource {
    with(try? SnapshotComments(input, name: name))
  }

  /// The source with what the comments at its head say, which come first.
  func withHeadComments() -> LintSource { with(try? SnapshotComments(head: input)) }

  private func with(_ found: SnapshotComments?) -> LintSource {
    guard let found else { return self }
    var source = self
    source.kind = kind ?? found.kind
    source.requestedAttributes = requestedAttributes ?? found.attributes
    source.notInGlobalCatalog += found.notInGlobalCatalog
    source.problems += found.problems
    return source
  }
}
