import Bytes
import Directory

/// What was seen of the values of one entry: each is scanned once, for checks and index alike.
@safe
public final class ScannedValues {
  /// By place among the entry's values.
  @usableFromInline var values: UnsafeMutablePointer<ScannedValue>
  private var capacity = 64
  /// By attribute index, the generation of the entry whose values were scanned.
  @usableFromInline let stamps: UnsafeMutablePointer<UInt64>
  /// By attribute index.
  private let forms: UnsafeMutablePointer<ValueScanner.Form>
  @usableFromInline let attributeCount: Int
  private let scanner: ValueScanner

  init(_ sync: SyncModel, _ scanner: ValueScanner) {
    self.scanner = scanner
    attributeCount = max(1, sync.table.count)
    unsafe values = .allocate(capacity: capacity)
    unsafe stamps = .allocate(capacity: attributeCount)
    // No entry is of this generation.
    unsafe stamps.initialize(repeating: .max, count: attributeCount)
    unsafe forms = .allocate(capacity: attributeCount)
    unsafe forms.initialize(repeating: [], count: attributeCount)
    for index in 0..<sync.table.count {
      let attribute = AttributeID(index: UInt16(index))
      unsafe forms[index] = sync.form(attribute)
    }
  }

  deinit {
    unsafe values.deallocate()
    unsafe stamps.deallocate()
    unsafe forms.deallocate()
  }

  /// Scans the values of `attribute`, unless that has been done.
  @inlinable
  @inline(__always)
  func scan(_ attribute: AttributeID, of entry: Entry) {
    let index = Int(attribute.index)
    precondition(index < attributeCount, "the attribute is not in the run's table")
    if unsafe stamps[index] != entry.generation { scanAnew(attribute, of: entry) }
  }

  @usableFromInline
  @inline(never)
  func scanAnew(_ attribute: AttributeID, of entry: Entry) {
    let index = Int(attribute.index)
    unsafe stamps[index] = entry.generation
    if entry.storedValues > capacity { grow(to: entry.storedValues) }
    let form = unsafe forms[index]
    entry.forEachPlace(attribute) { place, bytes in
      unsafe (values + place).initialize(to: scanner.scan(bytes, form))
    }
  }

  /// What was seen of the value at `place`, whose attribute has been scanned.
  @inlinable
  @inline(__always)
  subscript(place: Int) -> ScannedValue { unsafe values[place] }

  @inline(never)
  private func grow(to count: Int) {
    let larger = UnsafeMutablePointer<ScannedValue>.allocate(capacity: max(count, capacity * 2))
    unsafe larger.initialize(from: values, count: capacity)
    unsafe values.deallocate()
    unsafe values = larger
    capacity = max(count, capacity * 2)
  }
}
