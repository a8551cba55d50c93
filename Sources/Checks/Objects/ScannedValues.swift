import Bytes
import Directory

/// What was seen of the values of a judge's entry: each is looked at once, for checks and index alike.
@safe
final class ScannedValues {
  /// By place among the entry's values.
  private var values: UnsafeMutablePointer<ScannedValue>
  private var capacity = 64
  /// By attribute index, the generation of the entry whose values were looked at.
  private let stamps: UnsafeMutablePointer<UInt64>
  private let isTyped: UnsafeMutablePointer<Bool>
  private let attributeCount: Int

  init(_ ruleSet: RuleSet) {
    attributeCount = max(1, ruleSet.table.count)
    unsafe values = .allocate(capacity: capacity)
    unsafe stamps = .allocate(capacity: attributeCount)
    unsafe stamps.initialize(repeating: 0, count: attributeCount)
    unsafe isTyped = .allocate(capacity: attributeCount)
    for index in 0..<attributeCount {
      let attribute = AttributeID(index: UInt16(index))
      unsafe (isTyped + index).initialize(to: ruleSet.isTyped(attribute))
    }
  }

  deinit {
    unsafe values.deallocate()
    unsafe stamps.deallocate()
    unsafe isTyped.deallocate()
  }

  /// Looks at the values of `attribute`, unless that has been done.
  @inline(__always)
  func look(at attribute: AttributeID, of entry: Entry, with scanner: ValueScanner) {
    let index = Int(attribute.index)
    precondition(index < attributeCount, "the attribute is not in the judge's table")
    if unsafe stamps[index] == entry.generation { return }
    unsafe stamps[index] = entry.generation
    if entry.storedValues > capacity { grow(to: entry.storedValues) }
    let isTyped = unsafe isTyped[index]
    entry.forEachPlace(attribute) { place, bytes in
      unsafe (values + place).initialize(to: scanner.look(bytes, isTyped: isTyped))
    }
  }

  /// What was seen of the value at `place`, whose attribute has been looked at.
  @inline(__always)
  subscript(place: Int) -> ScannedValue { unsafe values[place] }

  @inline(never)
  private func grow(to count: Int) {
    let larger = UnsafeMutablePointer<ScannedValue>.allocate(capacity: max(count, capacity * 2))
    unsafe larger.update(from: values, count: capacity)
    unsafe values.deallocate()
    unsafe values = larger
    capacity = max(count, capacity * 2)
  }
}

extension Judge {
  /// Runs `body` on every value of `attribute` with its place among the entry's values.
  @inline(__always)
  func forEachScanned(_ attribute: AttributeID, _ body: (Int, ScannedValue) -> Void) {
    looks.look(at: attribute, of: entry, with: scanner)
    entry.forEachPlace(attribute) { place, _ in body(place, looks[place]) }
  }
}
