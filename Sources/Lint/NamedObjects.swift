import Bytes
import Directory
import Findings
import LDIF
import Synchronization

extension LintResult {
  /// Where the objects are that `names` call, which are normalised DNs: their positions, by name. Of
  /// an object that is there more than once it is the record that counts; two forests may have an
  /// object of one name each.
  package func positions(of names: Set<[UInt8]>) -> [[UInt8]: [Int]] {
    guard !names.isEmpty else { return [:] }
    let chunks = context.chunks
    let found = Mutex<[[UInt8]: [Int]]>([:])
    Workers.run(threads: context.options.threads, count: chunks.count) { _, next in
      let entry = Entry(table: AttributeTable())
      let reader = SourceReader(
        context.sources, table: AttributeTable(), largestRecord: context.largestRecord)
      var mine: [[UInt8]: [Int]] = [:]
      while let number = next() {
        let (source, start) = (chunks[number].source, context.map.start(of: chunks[number].source))
        // That a chunk cannot be read is noted of its source.
        _ = try? reader.forEachEntry(
          ofChunk: chunks[number].number, of: source, into: entry
        ) { offset in
          let name = (try? DistinguishedName.normalise(entry.dn, into: entry.arena)) ?? entry.dn
          let key = name.array
          if names.contains(key), !context.isCopy(start + offset),
            !DistinguishedName.isOfDeletedObject(entry.dn)
          {
            mine[key, default: []].append(start + offset)
          }
          return true
        }
      }
      let part = mine
      found.withLock { $0.merge(part) { $0 + $1 } }
    }
    return found.withLock { $0.mapValues { $0.sorted() } }
  }

  /// What is to be said of the findings with these numbers, by number. One is missing when its object
  /// can no longer be read.
  package func explained(_ numbers: [Int]) -> [Int: Finding] {
    let parts = Workers.map(numbers.count, blockSize: 256, threads: context.options.threads) {
      Explainer(self)
    } block: { explainer, range in
      numbers[range].compactMap { number in
        explainer.objects(number..<number + 1).first?.first.map { (number, $0) }
      }
    }
    return Dictionary(uniqueKeysWithValues: parts.joined())
  }
}
