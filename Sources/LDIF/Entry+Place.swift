import Bytes
import Directory

extension Entry {
  /// Where in `record` the line of the DN begins, and how many lines stand before it.
  public var placeOfName: (offset: Int, line: Int) {
    var start = 0
    var line = 0
    while start + 2 < record.count,
      !record[start..<start + 2].equalsIgnoringASCIICase(ByteView("dn")),
      let newline = record.firstIndex(of: 0x0A, from: start)
    {
      start = newline + 1
      line += 1
    }
    return (start, line)
  }
}
