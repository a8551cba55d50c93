import Bytes
import Checks

/// The uniqueness index, without the objects: what a unique value costs.
struct IndexBenchmarks {
  private static let count = 4_000_000

  func run(_ report: inout MicroReport) {
    report.measure("uniqueness index, insert", per: "value", units: Self.count) {
      keep(Self.filled().count)
    }
    let index = Self.filled()
    report.measure("uniqueness index, find collisions", per: "value", units: Self.count) {
      var collisions = 0
      for number in 0..<UniquenessIndex.partitionCount {
        collisions += UniquenessIndex.collisions(in: number, of: [index]).count
      }
      keep(collisions)
    }
    let text = Array("c.featherstone.123456@northwind.com".utf8)
    let hash = KeyedHash(key: (1, 2))
    report.measure("hash of an address", per: "address", units: 1_000_000) {
      text.withByteView { view in
        for tag in 0..<1_000_000 { keep(hash.foldingASCIICase(view, tag: UInt64(tag))) }
      }
    }
  }

  /// One value in a hundred occurs twice.
  private static func filled() -> UniquenessIndex {
    let index = UniquenessIndex()
    let hash = KeyedHash(key: (1, 2))
    for number in 0..<count {
      let value = number % 100 == 99 ? number - 50 : number
      index.insert(hash: hash.exact(.empty, tag: UInt64(value)), position: number * 128)
    }
    return index
  }
}
