import Bytes
import LDIF
import System

/// LDIF in UTF-16 with a byte order mark, as `ldifde -u` writes it: transcoded into a spool; lines stay
/// the same lines.
enum UTF16LDIF: SourceForm {
  static let name = "UTF-16"

  private static let littleMark: [UInt8] = [0xFF, 0xFE]
  private static let bigMark: [UInt8] = [0xFE, 0xFF]

  static func recognises(_ head: ByteView) -> Bool {
    head.starts(with: littleMark) || head.starts(with: bigMark)
  }

  static func open(
    _ file: ReadableFile, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    let window = FileWindow(file: file, capacity: blockSize)
    try window.load(at: 0, count: littleMark.count)
    let isLittleEndian = window.bytes.starts(with: littleMark)
    var places: [UTF16Places.Checkpoint] = []
    let spooled = try SpooledFile.make(in: spoolFolder) { (target) throws(SystemError) in
      places = try transcode(window, isLittleEndian: isLittleEndian, to: target)
    }
    return OpenedSource(
      input: LDIFInput(file: spooled, firstByte: 0),
      places: UTF16Places(spooled, checkpoints: places))
  }

  /// Read at a time, in bytes.
  private static let blockSize = 1 << 20

  /// Writes the file of `window` as UTF-8 to `target` and returns where its blocks begin.
  private static func transcode(
    _ window: FileWindow, isLittleEndian: Bool, to target: Int32
  ) throws(SystemError) -> [UTF16Places.Checkpoint] {
    var checkpoints: [UTF16Places.Checkpoint] = []
    var offset = littleMark.count
    var written = 0
    var high: UInt32?
    var output: [UInt8] = []
    while true {
      // Of a pair the first half may be in the block before.
      checkpoints.append(.init(own: written, given: high == nil ? offset : offset - 2))
      try window.load(at: offset, count: blockSize)
      let bytes = window.bytes
      let usable = bytes.count & ~1
      output.removeAll(keepingCapacity: true)
      var index = 0
      while index < usable {
        let first = UInt32(bytes[index])
        let second = UInt32(bytes[index + 1])
        append(isLittleEndian ? first | second << 8 : first << 8 | second, &high, to: &output)
        index += 2
      }
      let isEnd = window.reachesEnd || usable == 0
      if isEnd, high != nil || usable < bytes.count { append(scalar: 0xFFFD, to: &output) }
      try output.withByteView { (view) throws(SystemError) in try Spool.write(view, to: target) }
      written += output.count
      offset += usable
      if isEnd { return checkpoints }
    }
  }

  /// Adds one UTF-16 unit; a lone surrogate becomes U+FFFD.
  private static func append(_ unit: UInt32, _ high: inout UInt32?, to output: inout [UInt8]) {
    let isHigh = unit & 0xFC00 == 0xD800
    let isLow = unit & 0xFC00 == 0xDC00
    if let lead = high {
      high = nil
      if isLow {
        append(scalar: 0x10000 + (lead & 0x3FF) << 10 + (unit & 0x3FF), to: &output)
        return
      }
      append(scalar: 0xFFFD, to: &output)
    }
    if isHigh {
      high = unit
    } else {
      append(scalar: isLow ? 0xFFFD : unit, to: &output)
    }
  }

  private static func append(scalar value: UInt32, to output: inout [UInt8]) {
    guard value >= 0x80 else {
      output.append(UInt8(value))
      return
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
