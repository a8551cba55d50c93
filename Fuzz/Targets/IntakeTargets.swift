import Bytes
import Intake
import LDIF
import System

extension FuzzTarget {
  static let intake = [FuzzTarget("additions", upTo: 600, words: ldifWords, additions)]

  /// What forms are known by.
  static let formWords = [
    #"\xff\xfe"#, #"\xfe\xff"#, #"\x1f\x8b\x08"#, #"PK\x03\x04"#, "%PDF-", "ustar", "<Objs",
    "#TYPE ",
    "DN,objectClass", "AdFind V", #"\x22CN="#, "-----", #"\x0d\x0d"#, "{}",
  ]

  /// Values that stand in records of their own: what is merged is made of the file's bytes, each of them
  /// there once at most but for line ends, and every place is the right one.
  private static func additions(_ bytes: ByteView) throws(Broken) {
    guard let file = file(bytes),
      let export = try? MergedExport.merge(LDIFInput(file: file, firstByte: 0))
    else { return }
    let merged = ReadableFile(stretches: export.stretches)
    let window = FileWindow(file: merged, capacity: 16)
    guard (try? window.load(at: 0, count: merged.size + 1)) != nil else { return }
    try expect(window.bytes.count == merged.size, "\(window.bytes.count) of \(merged.size) bytes")
    var seen: Set<Int> = []
    let ends = export.places.dropFirst().map(\.own.offset) + [merged.size]
    for (place, end) in zip(export.places, ends) {
      let count = end - place.own.offset
      let given = place.given.offset..<place.given.offset + count
      try expect(
        given.upperBound <= bytes.count && window.bytes[place.own.offset..<end] == bytes[given],
        "\(place) is not what stands there")
      for offset in given where bytes[offset] != 0x0A {
        try expect(seen.insert(offset).inserted, "byte \(offset) is there twice")
      }
      try expect(
        bytes.upTo(given.lowerBound).newlineCount + 1 == place.given.line || count == 1,
        "byte \(given.lowerBound) is not in line \(place.given.line)")
    }
  }
}
