/// The unique values of all workers, which nobody adds to any more.
package struct FinishedIndex: @unchecked Sendable {
  /// One part per worker.
  package let parts: [UniquenessIndex]

  package init(parts: [UniquenessIndex]) { self.parts = parts }

  /// The objects that hold a value with one of the hashes in `wanted`, by hash.
  ///
  /// `wanted` are kept hashes (`UniquenessIndex.kept`), all of partition `number`.
  package func holders(of wanted: Set<UInt64>, in number: Int) -> [UInt64: [Int]] {
    var found: [UInt64: [Int]] = [:]
    for part in parts {
      part.forEach(in: number) { record in
        let hash = UInt64(number) << 56 | record.hash
        if wanted.contains(hash) { found[hash, default: []].append(record.position) }
      }
    }
    return found
  }
}
