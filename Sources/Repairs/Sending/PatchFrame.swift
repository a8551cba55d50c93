import Bytes
import LDIF
import System

/// The first and the last line of a patch, comments that say how many records are between them: a
/// patch that was cut off, by a full disk or a copy that ended, has one without the other.
public struct PatchFrame: Sendable, Equatable {
  /// How many first lines there are: several of patches that were put together.
  public private(set) var begins = 0
  /// How many last lines there are.
  public private(set) var ends = 0
  /// How many records the last lines speak of.
  public private(set) var records = 0

  private static let first = "ldaplint patch, records: "
  private static let last = "end of ldaplint patch, records: "

  /// Whether a last line is missing.
  public var isCut: Bool { begins > ends }

  /// Writes what comes before the records of a patch of `records`, with what is said `about` them all.
  public static func begin(
    _ records: Int, about: [String] = [], with writer: LDIFWriter = LDIFWriter(),
    to out: inout OutputBuffer
  ) {
    writer.field("version", Array("1".utf8), to: &out)
    // The full stop tells a number from the beginning of one.
    writer.comment("\(first)\(records).", to: &out)
    for line in about { writer.comment(line, to: &out) }
    writer.emptyLine(to: &out)
  }

  /// Writes what comes after the records of a patch of `records`.
  public static func end(_ records: Int, to out: inout OutputBuffer) {
    LDIFWriter().comment("\(last)\(records).", to: &out)
  }

  /// The first and last lines of `input`. Throws when it cannot be read.
  public init(_ input: LDIFInput) throws(SystemError) {
    let size = max(0, input.file.size - input.firstByte)
    let window = FileWindow(file: input.file, capacity: max(size, 1))
    try window.load(at: input.firstByte, count: size)
    // The bytes are the window's.
    self = withExtendedLifetime(window) { PatchFrame(window.bytes) }
  }

  /// The first and last lines of `bytes`.
  init(_ bytes: ByteView) {
    var rest = bytes
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A)
      take(rest.upTo(end ?? rest.count))
      guard let end else { return }
      rest = rest.from(end + 1)
    }
  }

  private mutating func take(_ line: ByteView) {
    guard line.first == UInt8(ascii: "#"), line.count < 80 else { return }
    let text = line.trimmed.string
    if Self.number(in: text, after: Self.first) != nil { begins += 1 }
    if let number = Self.number(in: text, after: Self.last) {
      ends += 1
      records = min(records + number, .max / 2)
    }
  }

  private static func number(in text: String, after words: String) -> Int? {
    guard text.hasPrefix("# \(words)"), text.hasSuffix(".") else { return nil }
    let number = Int(text.dropFirst(words.count + 2).dropLast()) ?? -1
    return (0...1 << 40).contains(number) ? number : nil
  }
}
