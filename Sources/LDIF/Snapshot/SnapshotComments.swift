import Bytes
import System

/// Reads the comment lines at the head and the tail of a snapshot.
///
/// A scan that is linted at once is read from the same bytes, so that a saved snapshot gives the same
/// result later.
public enum SnapshotComments {
  /// The first bytes of every snapshot.
  private static let mark = "# \(SnapshotHead.versionKey): "
  /// The first blocks read at the head and the tail, and the most that is read of either.
  private static let block = 64 << 10
  private static let mostBytes = 16 << 20

  /// What the head of `input` says; nil when it is no snapshot.
  public static func head(of input: LDIFInput) throws(SystemError) -> SnapshotHead? {
    let head = try headLines(of: input)
    guard let first = head.first, first.hasPrefix(mark) else { return nil }
    return SnapshotHead(head.compactMap(pair))
  }

  /// What the tail of `input`, which is a snapshot, says.
  public static func tail(of input: LDIFInput) throws(SystemError) -> SnapshotTail {
    SnapshotTail(try tailLines(of: input).compactMap(pair))
  }

  /// `# key: value` taken apart.
  private static func pair(_ line: String) -> (key: Substring, value: Substring)? {
    guard line.hasPrefix("# "), let colon = line.firstRange(of: ": ") else { return nil }
    return (line.dropFirst(2)[..<colon.lowerBound], line[colon.upperBound...])
  }

  /// The comment lines before the first other line.
  private static func headLines(of input: LDIFInput) throws(SystemError) -> [String] {
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
  private static func tailLines(of input: LDIFInput) throws(SystemError) -> [String] {
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
