import Bytes
import LDIF
import System

/// The end of a file that breaks off.
enum CutEnd {
  private static let blockSize = 64 << 10

  /// `file` without the record that it breaks off in: half a value must not be taken for one.
  static func withoutBrokenRecord(_ file: ReadableFile) throws(SystemError) -> ReadableFile {
    var whole = FileStretches(files: [file])
    whole.append(0..<(try lastRecord(of: file)), of: 0)
    return ReadableFile(stretches: whole)
  }

  /// Where the last record of `file` begins: behind the last empty line, or at the last line that begins
  /// with `dn:`, whichever comes later.
  private static func lastRecord(of file: ReadableFile) throws(SystemError) -> Int {
    let window = FileWindow(file: file, capacity: blockSize)
    var end = file.size
    while end > 0 {
      let start = max(0, end - blockSize)
      // A line that begins in the piece is looked at to where it tells what it is.
      try window.load(at: start, count: end - start + 1 + ByteView.maximumRecordMark)
      let bytes = window.bytes
      var index = min(end - start, bytes.count)
      while index > 0 {
        index -= 1
        guard bytes[index] == 0x0A else { continue }
        let line = bytes.from(index + 1)
        if line.beginsRecord { return start + index + 1 }
        if line.first == 0x0A { return start + index + 2 }
        if line.starts(with: [0x0D, 0x0A]) { return start + index + 3 }
      }
      end = start
    }
    return 0
  }
}
