import Bytes
import Directory

extension Entry {
  /// Where in `record` the line of the DN begins, and how many lines stand before it.
  public var placeOfName: (offset: Int, line: Int) {
    var start = 0
    var line = 0
    while !record.from(start).beginsRecord,
      let newline = record.firstIndex(of: 0x0A, from: start)
    {
      start = newline + 1
      line += 1
    }
    return (start, line)
  }
}
