import Bytes
import LDIF
import System

/// LDIF in UTF-8 (RFC 2849), with or without a byte order mark: read where it is.
enum PlainLDIF: SourceForm {
  static let name = "LDIF"

  /// UTF-8's byte order mark.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  static func recognises(_ head: ByteView) -> Bool { true }

  static func open(
    _ file: ReadableFile, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    let window = FileWindow(file: file, capacity: mark.count)
    try window.load(at: 0, count: mark.count)
    let isMarked = window.bytes.starts(with: mark)
    return OpenedSource(input: LDIFInput(file: file, firstByte: isMarked ? mark.count : 0))
  }
}
