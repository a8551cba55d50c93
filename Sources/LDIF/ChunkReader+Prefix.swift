import Bytes
import Directory
import System

extension ChunkReader {
  /// Hands the entries in the first `count` bytes of `file` to `body`, without reading further: of one
  /// that goes on beyond, its whole lines. Throws when the file cannot be read.
  public static func readPrefix(
    of file: ReadableFile, bytes count: Int, table: AttributeTable, firstByte: Int = 0,
    _ body: (Entry) -> Void
  ) throws(SystemError) {
    let window = FileWindow(file: file, capacity: count)
    try window.load(at: 0, count: count)
    let entry = Entry(table: table)
    var scanner = RecordScanner(table: table)
    var bytes = window.bytes
    var isEnd = window.reachesEnd
    var position = firstByte
    while position < bytes.count {
      let outcome = scanner.scan(bytes, at: position, offset: 0, isEnd: isEnd, into: entry)
      if case .incomplete = outcome {
        guard !isEnd, let lastLine = bytes.lastIndex(of: 0x0A) else { return }
        bytes = bytes.upTo(lastLine + 1)
        isEnd = true
        continue
      }
      if case .entry = outcome { body(entry) }
      position = scanner.next
    }
  }
}
