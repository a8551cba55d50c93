/// A strict reader of RFC 4180: CRLF between records and after the last, no bare quotation mark, no
/// line break outside quotation marks, the same number of cells everywhere.
enum CSVReader {
  struct Malformed: Error {
    var offset: Int
    var reason: String
  }

  static func read(_ bytes: [UInt8]) throws -> [[[UInt8]]] {
    var reader = Reader(bytes: bytes)
    var rows: [[[UInt8]]] = []
    while reader.index < bytes.count {
      let row = try reader.row()
      if let first = rows.first, first.count != row.count {
        throw Malformed(offset: reader.index, reason: "\(row.count) cells, not \(first.count)")
      }
      rows.append(row)
    }
    return rows
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func malformed(_ reason: String) -> Malformed {
      Malformed(offset: index, reason: reason)
    }

    mutating func row() throws -> [[UInt8]] {
      var row: [[UInt8]] = []
      while true {
        row.append(try byte == UInt8(ascii: "\"") ? quoted() : bare())
        guard let byte else { throw malformed("the last record has no line end") }
        index += 1
        if byte == UInt8(ascii: ",") { continue }
        guard byte == 0x0D, self.byte == 0x0A else { throw malformed("no separator") }
        index += 1
        return row
      }
    }

    private mutating func bare() throws -> [UInt8] {
      let start = index
      while let byte, byte != UInt8(ascii: ","), byte != 0x0D {
        if byte == 0x0A || byte == UInt8(ascii: "\"") { throw malformed("bare line feed or mark") }
        index += 1
      }
      return Array(bytes[start..<index])
    }

    private mutating func quoted() throws -> [UInt8] {
      var cell: [UInt8] = []
      index += 1
      while let byte {
        index += 1
        if byte != UInt8(ascii: "\"") {
          cell.append(byte)
        } else if self.byte == UInt8(ascii: "\"") {
          cell.append(byte)
          index += 1
        } else {
          return cell
        }
      }
      throw malformed("no closing mark")
    }
  }
}
