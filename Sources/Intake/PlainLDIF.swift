import Bytes
import LDIF
import System

/// LDIF in UTF-8 (RFC 2849), with or without a byte order mark: read where it is.
enum PlainLDIF: SourceForm {
  static let name = "LDIF"

  static func recognises(_ head: ByteView) -> Bool { true }

  static func open(
    _ file: ReadableFile, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    let window = FileWindow(file: file, capacity: 3)
    try window.load(at: 0, count: 3)
    return OpenedSource(
      input: LDIFInput(file: file, firstByte: window.bytes.byteOrderMarkLength))
  }
}
