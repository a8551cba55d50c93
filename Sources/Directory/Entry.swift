import Bytes

/// One entry of a directory (RFC 4512 §2.1) as a run sees it: its DN and the values of the
/// attributes in the run's `AttributeTable`.
///
/// A worker fills the same `Entry` again for every record. All views belong to the record's bytes
/// or to `arena` and are valid until the next `reset`.
public final class Entry {
  private struct Slot {
    var first: Int32 = -1
    var last: Int32 = -1
    var count: Int32 = 0
  }

  private struct Stored {
    var bytes: ByteView
    var next: Int32
  }

  /// Where decoded values live until the next `reset`.
  public let arena = ByteArena()
  /// The distinguished name as text (RFC 4514), decoded but not normalised.
  public private(set) var dn: ByteView = .empty
  private var slots: [Slot]
  private var stored: [Stored] = []
  private var touched: [UInt16] = []

  /// An empty entry for the attributes of `table`.
  public init(table: AttributeTable) {
    slots = Array(repeating: Slot(), count: table.count)
  }

  /// Starts a new entry called `dn`.
  public func reset(dn: ByteView) {
    for index in touched { slots[Int(index)] = Slot() }
    touched.removeAll(keepingCapacity: true)
    stored.removeAll(keepingCapacity: true)
    self.dn = dn
  }

  /// Adds a value, decoded, to `attribute`.
  @inline(__always)
  public func append(_ bytes: ByteView, to attribute: AttributeID) {
    let position = Int32(stored.count)
    stored.append(Stored(bytes: bytes, next: -1))
    let index = Int(attribute.index)
    if slots[index].count == 0 {
      slots[index].first = position
      touched.append(attribute.index)
    } else if slots[index].last >= 0 {
      stored[Int(slots[index].last)].next = position
    }
    slots[index].last = position
    slots[index].count += 1
  }

  /// Counts a value of `attribute` without keeping it (`AttributeTable.Need.count`).
  @inline(__always)
  public func tally(_ attribute: AttributeID) {
    let index = Int(attribute.index)
    if slots[index].count == 0 { touched.append(attribute.index) }
    slots[index].count += 1
  }

  /// The number of values of `attribute`; 0 when it is absent.
  @inline(__always)
  public func count(_ attribute: AttributeID) -> Int { Int(slots[Int(attribute.index)].count) }

  /// Whether `attribute` has a value.
  public func has(_ attribute: AttributeID) -> Bool { count(attribute) > 0 }

  /// The first value of `attribute`, or nil when it is absent.
  @inline(__always)
  public func first(_ attribute: AttributeID) -> ByteView? {
    let position = slots[Int(attribute.index)].first
    return position < 0 ? nil : value(at: position)
  }

  /// The value number `ordinal` of `attribute` in the order of the record, from 0; linear time.
  public func value(_ attribute: AttributeID, _ ordinal: Int) -> ByteView? {
    var position = slots[Int(attribute.index)].first
    var remaining = ordinal
    while position >= 0, remaining > 0 {
      position = stored[Int(position)].next
      remaining -= 1
    }
    return position < 0 ? nil : value(at: position)
  }

  /// Runs `body` on every value of `attribute` with its number, in the order of the record.
  @inline(__always)
  public func forEach(_ attribute: AttributeID, _ body: (Int, ByteView) -> Void) {
    var position = slots[Int(attribute.index)].first
    var ordinal = 0
    while position >= 0 {
      body(ordinal, value(at: position))
      position = stored[Int(position)].next
      ordinal += 1
    }
  }

  /// The values of `attribute`, copied; for output and slow paths.
  public func values(_ attribute: AttributeID) -> [ByteView] {
    var result: [ByteView] = []
    forEach(attribute) { result.append($1) }
    return result
  }

  /// Runs `body` on every attribute that has a value, in the order of their first appearance.
  @inline(__always)
  public func forEachPresent(_ body: (AttributeID) -> Void) {
    for index in touched { body(AttributeID(index: index)) }
  }

  @inline(__always)
  private func value(at position: Int32) -> ByteView { stored[Int(position)].bytes }
}
