import Bytes

/// The checksums at the ends of a journal's lines.
///
/// Each is over the line and the checksum of the line before it, so that not only a changed line is known
/// but one that is missing, too. Journals of version 1 have none.
struct JournalSeal: Sendable, Equatable {
  /// Whether lines have checksums.
  let isUsed: Bool
  /// Whether the last line was written without its end.
  var wantsLineEnd = false
  /// The checksum of the line before, in hexadecimal digits.
  private var last: [UInt8] = []

  /// 64 bits.
  private static let digits = 16

  init(isUsed: Bool) { self.isUsed = isUsed }

  /// `line`, which has its end, with its checksum.
  mutating func sealed(_ line: [UInt8]) -> [UInt8] {
    guard isUsed else { return line }
    var bytes: [UInt8] = wantsLineEnd ? [0x0A] : []
    wantsLineEnd = false
    last = checksum(line.dropLast())
    bytes += line.dropLast()
    bytes.append(0x20)
    bytes += last
    bytes.append(0x0A)
    return bytes
  }

  /// `line`, which has not its end, without its checksum; nil when that is not the line's.
  mutating func opened(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard isUsed else { return line }
    guard line.count > Self.digits + 1 else { return nil }
    let text = line.dropLast(Self.digits + 1)
    let found = checksum(text)
    guard line.suffix(Self.digits + 1) == ([0x20] + found)[...] else { return nil }
    last = found
    return text
  }

  private func checksum(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let hash = (last + text).withByteView { SHA256.hash($0).hexadecimal() }
    return Array(hash.utf8.prefix(Self.digits))
  }
}
