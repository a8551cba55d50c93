import Bytes

/// A table from scalars to short texts, decoded once from a literal in the notation that
/// `generate-unicode-folds.py` describes. Found by a search among the scalars of one page of 256.
struct ScalarTable: Sendable {
  private var keys: [UInt32] = []
  private var starts: [UInt32] = []
  private var text: [Unicode.Scalar] = []
  /// Where each page's keys begin; one more at the end.
  private var pages: [UInt16] = []

  init(_ literal: StaticString) {
    var reader = Reader(bytes: ByteView(literal))
    var first: UInt32 = 0
    while let (delta, kind, count, target) = reader.entry() {
      first += delta
      for step in 0..<count {
        keys.append(first + step * (kind == UInt8(ascii: "/") ? 2 : 1))
        starts.append(UInt32(text.count))
        let growth = kind == UInt8(ascii: "+") ? step : kind == UInt8(ascii: "/") ? step * 2 : 0
        for value in target {
          if let scalar = Unicode.Scalar(value + growth) { text.append(scalar) }
        }
      }
    }
    starts.append(UInt32(text.count))
    var index = 0
    for page in 0...(0x110000 >> 8) {
      while index < keys.count, Int(keys[index] >> 8) < page { index += 1 }
      pages.append(UInt16(index))
    }
  }

  /// The number of scalars in the table.
  var count: Int { keys.count }

  /// The text for `scalar`, or nil when it is not in the table.
  @inline(__always)
  subscript(scalar: Unicode.Scalar) -> ArraySlice<Unicode.Scalar>? {
    guard let index = index(of: scalar.value) else { return nil }
    return text[Int(starts[index])..<Int(starts[index + 1])]
  }

  /// Whether `scalar` is in the table.
  @inline(__always)
  func contains(_ scalar: Unicode.Scalar) -> Bool { index(of: scalar.value) != nil }

  private func index(of key: UInt32) -> Int? {
    var low = Int(pages[Int(key >> 8)])
    var high = Int(pages[Int(key >> 8) + 1])
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == key ? low : nil
  }
}

extension ScalarTable {
  private struct Reader {
    let bytes: ByteView
    var offset = 0

    mutating func entry() -> (delta: UInt32, kind: UInt8, count: UInt32, target: [UInt32])? {
      while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x0A { offset += 1 }
      guard offset < bytes.count else { return nil }
      let delta = number()
      let kind = bytes[offset]
      var count: UInt32 = 1
      if kind != UInt8(ascii: ":") {
        offset += 1
        count = number()
      }
      var target: [UInt32] = []
      repeat {
        offset += 1
        let start = offset
        let value = number()
        if offset > start { target.append(value) }
      } while offset < bytes.count && bytes[offset] == UInt8(ascii: ".")
      return (delta, kind, count, target)
    }

    private mutating func number() -> UInt32 {
      var value: UInt32 = 0
      while offset < bytes.count, let digit = bytes[offset].asciiHexadecimalValue {
        value = value << 4 | UInt32(digit)
        offset += 1
      }
      return value
    }
  }
}
