import Bytes
import LDIF
import System

/// LDIF whose lines end with a carriage return alone, as old Macs wrote text: each becomes a line feed, so
/// that every byte and every line stays where it is.
enum CarriageReturns: HoldingForm {
  static let name = "CR line ends"

  /// Converted at a time, in bytes.
  private static let blockSize = 1 << 20
  /// Looked at behind that: where a run of carriage returns ends.
  private static let lookAhead = 64

  /// Whether more lines end with a carriage return alone than with a line feed.
  static func recognises(_ head: ByteView) -> Bool {
    guard head.contains(0x0D) else { return false }
    var alone = 0
    var isPending = false
    for byte in head {
      // Carriage returns before a line feed are part of its line end.
      if isPending, byte != 0x0D, byte != 0x0A { alone += 1 }
      isPending = byte == 0x0D
    }
    return alone > head.newlineCount
  }

  static func held(_ head: ByteView) -> [UInt8] {
    var bytes = head.array
    convert(&bytes, before: .empty)
    return bytes
  }

  static func open(
    _ file: ReadableFile, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    let window = FileWindow(file: file, capacity: blockSize + lookAhead)
    let spooled = try SpooledFile.make(in: spoolFolder) { (target) throws(SystemError) in
      var offset = 0
      while true {
        try window.load(at: offset, count: blockSize + lookAhead)
        let count = min(window.bytes.count, blockSize)
        if count == 0 { return }
        var bytes = window.bytes.upTo(count).array
        convert(&bytes, before: window.bytes.from(count))
        try bytes.withByteView { (view) throws(SystemError) in try Spool.write(view, to: target) }
        offset += count
      }
    }
    return OpenedSource(input: LDIFInput(file: spooled, firstByte: 0))
  }

  /// Makes line feeds of carriage returns, but for those before a line feed; `rest` is what follows.
  private static func convert(_ bytes: inout [UInt8], before rest: ByteView) {
    var following = rest.first { $0 != 0x0D }
    for index in bytes.indices.reversed() {
      if bytes[index] != 0x0D {
        following = bytes[index]
      } else if following != 0x0A {
        bytes[index] = 0x0A
      }
    }
  }
}
