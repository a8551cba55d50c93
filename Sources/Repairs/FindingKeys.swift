import Bytes
import Checks
import Directory
import Lint

/// What fires where, in a form that can be compared between two runs.
struct FindingKey: Hashable, Sendable {
  /// The rule's index.
  var rule: Int
  /// The attribute's index.
  var attribute: Int
  /// The object's DN.
  var dn: [UInt8]
}

/// What fires where, in a form that can be compared between a run and what it is when objects are
/// changed in place.
struct FindingPlace: Hashable, Sendable {
  /// The object's position.
  var position: Int
  /// The rule's index.
  var rule: UInt16
  /// The attribute's index.
  var attribute: UInt16
}

extension FindingRecord {
  /// What it fires on; `position` is where the object was at first.
  func place(at position: Int) -> FindingPlace {
    FindingPlace(position: position, rule: rule, attribute: attribute)
  }
}

extension LintResult {
  /// What fires where, whether it is shown or not: what is shown now was there before as well.
  func findingPlaces() -> Set<FindingPlace> {
    Set(fired.lazy.map { $0.place(at: $0.position) })
  }

  /// How often each rule fires on each attribute of each object.
  func findingKeys() -> [FindingKey: Int] {
    let parts = Workers.map(findings.count, blockSize: 1024, threads: context.options.threads) {
      examiner()
    } block: { examiner, range in
      keys(range, examiner)
    }
    return parts.reduce(into: [:]) { all, part in all.merge(part) { $0 + $1 } }
  }

  private func keys(_ range: Range<Int>, _ examiner: Examiner) -> [FindingKey: Int] {
    var keys: [FindingKey: Int] = [:]
    var last = -1
    var dn: [UInt8] = []
    for finding in findings[range] {
      if finding.position != last {
        last = finding.position
        dn = examiner.read(last) ? examiner.entry.dn.array : []
      }
      let key = FindingKey(
        rule: Int(finding.rule), attribute: Int(finding.attribute), dn: dn)
      keys[key, default: 0] += 1
    }
    return keys
  }
}
