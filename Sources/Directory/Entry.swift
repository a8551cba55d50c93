import Bytes
import LibC

/// One entry of a directory (RFC 4512 §2.1) as a run sees it: its DN and the values of the
/// attributes in the run's `AttributeTable`.
///
/// A worker fills the same `Entry` again for every record. All views belong to the record's bytes
/// or to `arena` and are valid until the next `reset`. Used by one thread at a time; the storage is
/// kept in memory of its own, because every check of every object goes through it.
@safe
public final class Entry {
  @usableFromInline
  struct Slot {
    @usableFromInline var first: Int32 = -1
    @usableFromInline var last: Int32 = -1
    @usableFromInline var count: Int32 = 0
    /// Whether some entry has had a value, since the entries were counted last.
    @usableFromInline var wasSeen = false
    @usableFromInline init() {}
  }

  @usableFromInline
  struct Stored {
    @usableFromInline var bytes: ByteView
    @usableFromInline var next: Int32
    @usableFromInline init(bytes: ByteView, next: Int32) {
      self.bytes = bytes
      self.next = next
    }
  }

  /// Where decoded values live until the next `reset`.
  public let arena = ByteArena()
  /// The distinguished name as text (RFC 4514), decoded but not normalised.
  public private(set) var dn: ByteView = .empty
  /// The record as it stands in its source, from its first line to the end of its last; empty for an
  /// entry that comes from no source.
  public var record: ByteView = .empty
  /// Whether the source holds a part of it damaged, so that it is not known what the object is.
  public var isDamaged = false
  /// Another number for each entry that is filled in; what was kept of the one before is void. It is
  /// never 0, where what keeps something begins.
  public private(set) var generation: UInt64 = 1

  @usableFromInline let slots: UnsafeMutablePointer<Slot>
  @usableFromInline let slotCount: Int
  @usableFromInline let touched: UnsafeMutablePointer<UInt16>
  @usableFromInline var touchedCount = 0
  @usableFromInline var stored: UnsafeMutablePointer<Stored>
  @usableFromInline var storedCount = 0
  @usableFromInline var storedCapacity = 64
  /// By attribute, the places of values that are asked for by their numbers and lie scattered: of the
  /// entry of `placesGeneration`.
  private var places: [UInt16: [Int32]] = [:]
  private var placesGeneration: UInt64 = 0

  /// An empty entry for the attributes of `table`.
  public init(table: AttributeTable) {
    slotCount = table.count
    unsafe slots = .allocate(capacity: max(1, table.count))
    unsafe slots.initialize(repeating: Slot(), count: max(1, table.count))
    unsafe touched = .allocate(capacity: max(1, table.count))
    unsafe stored = Self.enlarge(nil, to: storedCapacity)
  }

  deinit {
    unsafe slots.deallocate()
    unsafe touched.deallocate()
    unsafe free(stored)
  }

  /// Starts a new entry called `dn`.
  public func reset(dn: ByteView) {
    for index in 0..<touchedCount {
      let slot = unsafe slots + Int(touched[index])
      unsafe slot.pointee.first = -1
      unsafe slot.pointee.last = -1
      unsafe slot.pointee.count = 0
      unsafe slot.pointee.wasSeen = true
    }
    touchedCount = 0
    storedCount = 0
    generation &+= 1
    record = .empty
    isDamaged = false
    self.dn = dn
  }

  /// The slot of `attribute`, which must be of the entry's table.
  @inlinable
  @inline(__always)
  func slot(_ attribute: AttributeID) -> UnsafeMutablePointer<Slot> {
    let index = Int(attribute.index)
    precondition(index < slotCount, "the attribute is not in the entry's table")
    return unsafe slots + index
  }

  /// Adds a value, decoded, to `attribute`.
  @inlinable
  @inline(__always)
  public func append(_ bytes: ByteView, to attribute: AttributeID) {
    if storedCount == storedCapacity { grow() }
    let position = Int32(truncatingIfNeeded: storedCount)
    unsafe (stored + storedCount).initialize(to: Stored(bytes: bytes, next: -1))
    storedCount &+= 1
    let slot = unsafe slot(attribute)
    if unsafe slot.pointee.last >= 0 {
      unsafe stored[Int(slot.pointee.last)].next = position
    } else {
      unsafe slot.pointee.first = position
      if unsafe slot.pointee.count == 0 {
        unsafe touched[touchedCount] = attribute.index
        touchedCount &+= 1
      }
      unsafe slot.pointee.count = 0
    }
    unsafe slot.pointee.last = position
    unsafe slot.pointee.count &+= 1
  }

  @usableFromInline
  @inline(never)
  func grow() {
    storedCapacity *= 2
    unsafe stored = Self.enlarge(stored, to: storedCapacity)
  }

  /// The system moves large pieces of memory without copying them, which a group of a million members
  /// is glad of.
  private static func enlarge(
    _ stored: UnsafeMutablePointer<Stored>?, to capacity: Int
  ) -> UnsafeMutablePointer<Stored> {
    let larger = unsafe realloc(stored, capacity * MemoryLayout<Stored>.stride)
    guard let larger = unsafe larger else { fatalError("no memory") }
    return unsafe larger.assumingMemoryBound(to: Stored.self)
  }

  /// Counts a value of `attribute` without keeping it (`AttributeTable.Need.count`).
  @inlinable
  @inline(__always)
  public func tally(_ attribute: AttributeID) {
    let slot = unsafe slot(attribute)
    if unsafe slot.pointee.count == 0 {
      unsafe touched[touchedCount] = attribute.index
      touchedCount &+= 1
    }
    unsafe slot.pointee.count &+= 1
  }

  /// Notes that a value of `attribute` is there of which nothing is known: the attribute is not absent.
  public func lose(_ attribute: AttributeID) {
    isDamaged = true
    if count(attribute) == 0 { tally(attribute) }
  }

  /// The number of values of `attribute`; 0 when it is absent.
  @inlinable
  @inline(__always)
  public func count(_ attribute: AttributeID) -> Int {
    unsafe Int(slot(attribute).pointee.count)
  }

  /// Whether `attribute` has a value.
  @inlinable
  @inline(__always)
  public func has(_ attribute: AttributeID) -> Bool { count(attribute) > 0 }

  /// The first value of `attribute`, or nil when it is absent.
  @inlinable
  @inline(__always)
  public func first(_ attribute: AttributeID) -> ByteView? {
    let position = unsafe slot(attribute).pointee.first
    return position < 0 ? nil : unsafe stored[Int(position)].bytes
  }

  /// The value number `ordinal` of `attribute` in the order of the record, from 0.
  public func value(_ attribute: AttributeID, _ ordinal: Int) -> ByteView? {
    let slot = unsafe slot(attribute).pointee
    guard slot.first >= 0, ordinal >= 0, ordinal < Int(slot.count) else { return nil }
    // The values of an attribute mostly come one after the other.
    if slot.last - slot.first == slot.count - 1 {
      return unsafe stored[Int(slot.first) + ordinal].bytes
    }
    if placesGeneration != generation {
      places = [:]
      placesGeneration = generation
    }
    if places[attribute.index]?.count != Int(slot.count) {
      var found: [Int32] = []
      forEachPlace(attribute) { place, _ in found.append(Int32(truncatingIfNeeded: place)) }
      places[attribute.index] = found
    }
    return places[attribute.index].map { unsafe stored[Int($0[ordinal])].bytes }
  }

  /// Runs `body` on every value of `attribute` with its number, in the order of the record.
  @inlinable
  @inline(__always)
  public func forEach(_ attribute: AttributeID, _ body: (Int, ByteView) -> Void) {
    var position = unsafe slot(attribute).pointee.first
    var ordinal = 0
    while position >= 0 {
      let next = unsafe stored[Int(position)].next
      let bytes = unsafe stored[Int(position)].bytes
      body(ordinal, bytes)
      position = next
      ordinal &+= 1
    }
  }

  /// Runs `body` on every value of `attribute` with its place among all of the entry's values, which
  /// is below `storedValues`.
  @inlinable
  @inline(__always)
  public func forEachPlace(_ attribute: AttributeID, _ body: (Int, ByteView) -> Void) {
    var position = unsafe slot(attribute).pointee.first
    while position >= 0 {
      let place = Int(position)
      body(place, unsafe stored[place].bytes)
      position = unsafe stored[place].next
    }
  }

  /// Puts `bytes` in the place of a value; see `forEachPlace`.
  public func replace(_ place: Int, with bytes: ByteView) {
    precondition(place < storedCount, "the entry has no such value")
    unsafe stored[place].bytes = bytes
  }

  /// How many values the entry keeps, of all attributes.
  @inlinable public var storedValues: Int { storedCount }

  /// The values of `attribute`, copied; for output and slow paths.
  public func values(_ attribute: AttributeID) -> [ByteView] {
    var result: [ByteView] = []
    forEach(attribute) { result.append($1) }
    return result
  }

  /// Runs `body` on every attribute of which an entry has had a value since the last call.
  ///
  /// The entry is empty afterwards: what it held must not count again when it is filled anew, maybe
  /// from another source.
  public func takeSeen(_ body: (AttributeID) -> Void) {
    reset(dn: .empty)
    for index in 0..<slotCount {
      if unsafe slots[index].wasSeen {
        body(AttributeID(index: UInt16(index)))
      }
      unsafe slots[index].wasSeen = false
    }
  }

  /// Runs `body` on every attribute that has a value, in the order of their first appearance.
  @inlinable
  @inline(__always)
  public func forEachPresent(_ body: (AttributeID) -> Void) {
    for index in 0..<touchedCount { body(AttributeID(index: unsafe touched[index])) }
  }
}
