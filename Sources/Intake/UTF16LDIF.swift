import Bytes
import LDIF
import System

/// Text in UTF-16, as `ldifde -u` and PowerShell's `>` write it, with a byte order mark or without one:
/// transcoded into a spool; lines stay the same lines.
enum UTF16LDIF: HoldingForm {
  static let name = "UTF-16"

  /// Read at a time, in bytes.
  private static let blockSize = 1 << 20

  static func recognises(_ head: ByteView) -> Bool { isLittleEndian(head) != nil }

  static func held(_ head: ByteView) -> [UInt8] {
    guard let order = isLittleEndian(head) else { return [] }
    var transcoder = UTF16Transcoder(isLittleEndian: order)
    transcoder.take(head.upTo(head.count & ~1))
    return transcoder.output
  }

  static func open(
    _ file: ReadableFile, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    let window = FileWindow(file: file, capacity: blockSize)
    try window.load(at: 0, count: 4)
    var transcoder = UTF16Transcoder(isLittleEndian: isLittleEndian(window.bytes) ?? true)
    let spooled = try SpooledFile.make(in: spoolFolder) { (target) throws(SystemError) in
      try transcode(window, with: &transcoder, to: target)
    }
    var source = OpenedSource(
      input: LDIFInput(file: spooled, firstByte: 0),
      places: UTF16Places(spooled, checkpoints: transcoder.checkpoints))
    source.faults = transcoder.fault.map { [$0] } ?? []
    source.isCut = transcoder.endsInHalf
    if source.isCut {
      source.faults.append(
        OpenedSource.Fault(
          "the UTF-16 text ends with half a character: it is cut off or damaged; what comes before "
            + "was read, but for the record that it breaks off in; get the file again"))
    }
    return source
  }

  /// The byte order of a text that begins with `head`; nil when it is not UTF-16. Without a mark, two
  /// characters of ASCII tell: what LDIF begins with is ASCII.
  private static func isLittleEndian(_ head: ByteView) -> Bool? {
    guard head.count >= 2 else { return nil }
    if head[0] == 0xFF, head[1] == 0xFE { return true }
    if head[0] == 0xFE, head[1] == 0xFF { return false }
    guard head.count >= 4 else { return nil }
    if isText(head[0]), head[1] == 0, isText(head[2]), head[3] == 0 { return true }
    return head[0] == 0 && isText(head[1]) && head[2] == 0 && isText(head[3]) ? false : nil
  }

  private static func isText(_ byte: UInt8) -> Bool {
    byte.isASCIIWhiteSpace || byte >= 0x20 && byte < 0x7F
  }

  /// Writes the file of `window` as UTF-8 to `target`.
  private static func transcode(
    _ window: FileWindow, with transcoder: inout UTF16Transcoder, to target: Int32
  ) throws(SystemError) {
    var offset = 0
    while true {
      try window.load(at: offset, count: blockSize)
      let usable = window.bytes.count & ~1
      let isEnd = window.reachesEnd || usable == 0
      transcoder.take(window.bytes.upTo(usable))
      if isEnd { transcoder.finish(window.bytes.from(usable)) }
      try transcoder.output.withByteView { (view) throws(SystemError) in
        try Spool.write(view, to: target)
      }
      offset += usable
      if isEnd { return }
    }
  }
}
