import Bytes
import Directory
import Findings

extension LintResult {
  /// Where the objects are that `names` call, which are normalised DNs: their positions, by name. Of
  /// an object that is there more than once it is the record that counts; two forests may have an
  /// object of one name each.
  package func positions(of names: Set<[UInt8]>) -> [[UInt8]: [Int]] {
    guard !names.isEmpty else { return [:] }
    let context = context
    let parts = context.sweep(AttributeTable(), from: [[UInt8]: [Int]]()) {
      found, entry, source, offset, _ in
      let name = (try? DistinguishedName.normalise(entry.dn, into: entry.arena)) ?? entry.dn
      let key = name.array
      let position = context.map.start(of: source) + offset
      if names.contains(key), !context.isCopy(position),
        !DistinguishedName.isOfDeletedObject(entry.dn)
      {
        found[key, default: []].append(position)
      }
    }
    let found = parts.reduce(into: [:]) { $0.merge($1) { $0 + $1 } }
    return found.mapValues { $0.sorted() }
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
