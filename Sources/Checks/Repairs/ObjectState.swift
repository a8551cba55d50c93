import Bytes
import Directory

/// An object's values as a plan of repairs changes them, apart from the record that they came from.
///
/// Copies share what is not changed.
package struct ObjectState: Sendable, Equatable {
  /// Where the values of an attribute are.
  private struct List: Sendable, Equatable {
    var attribute: UInt16
    /// Whether the values are only counted.
    var isTally: Bool
    var count: Int32
    /// The number of the first in `ends`.
    var first: Int32
  }

  /// The object as it was read: all in two pieces of memory, because most of it stays what it is.
  private final class Original: Sendable, Equatable {
    /// The DN and all values, one after the other.
    let bytes: [UInt8]
    /// Where the DN and the values end in `bytes`.
    let ends: [Int32]
    let lists: [List]

    init(bytes: [UInt8], ends: [Int32], lists: [List]) {
      self.bytes = bytes
      self.ends = ends
      self.lists = lists
    }

    static func == (left: Original, right: Original) -> Bool {
      left === right
        || left.bytes == right.bytes && left.ends == right.ends && left.lists == right.lists
    }

    /// Where value number `number` is.
    func range(_ number: Int) -> Range<Int> {
      (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }

    func list(_ attribute: UInt16) -> List? {
      lists.first { $0.attribute == attribute && !$0.isTally }
    }

    func values(_ attribute: UInt16) -> [[UInt8]] {
      guard let list = list(attribute) else { return [] }
      return (0..<Int(list.count)).map { Array(bytes[range(Int(list.first) + $0)]) }
    }
  }

  /// What has become of an attribute.
  private struct Change: Sendable, Equatable {
    var attribute: UInt16
    var values: [[UInt8]]
  }

  private let original: Original
  /// In the order of the attributes, those that are other than in `original`.
  private var changes: [Change] = []

  /// What `entry` holds.
  package init(_ entry: Entry, table: AttributeTable) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024)
    var ends: [Int32] = []
    var lists: [List] = []
    func append(_ view: ByteView) {
      bytes.append(contentsOf: view)
      ends.append(Int32(clamping: bytes.count))
    }
    append(entry.dn)
    entry.forEachPresent { attribute in
      let isTally = if case .count = table.needs[Int(attribute.index)] { true } else { false }
      let first = ends.count
      if !isTally { entry.forEach(attribute) { append($1) } }
      let count = isTally ? entry.count(attribute) : ends.count - first
      lists.append(
        List(
          attribute: attribute.index, isTally: isTally, count: Int32(clamping: count),
          first: Int32(clamping: first)))
    }
    original = Original(bytes: bytes, ends: ends, lists: lists)
  }

  /// The DN, as it is written.
  package var dn: [UInt8] { Array(original.bytes[original.range(0)]) }

  /// Fills `entry` with the state; its views live in the entry's arena.
  package func load(into entry: Entry) {
    entry.arena.reset()
    let bytes = entry.arena.copy(original.bytes)
    entry.reset(dn: bytes[original.range(0)])
    for list in original.lists {
      let attribute = AttributeID(index: list.attribute)
      if list.isTally {
        for _ in 0..<list.count { entry.tally(attribute) }
      } else if changes.isEmpty || !changes.contains(where: { $0.attribute == list.attribute }) {
        for number in Int(list.first)..<Int(list.first + list.count) {
          entry.append(bytes[original.range(number)], to: attribute)
        }
      }
    }
    for change in changes {
      let attribute = AttributeID(index: change.attribute)
      for value in change.values { entry.append(entry.arena.copy(value), to: attribute) }
    }
  }

  /// The attributes that may have other values than in `other`, in their order.
  package func attributes(changedFrom other: ObjectState) -> [AttributeID] {
    var attributes = Set((changes + other.changes).map(\.attribute))
    if original !== other.original {
      attributes.formUnion((original.lists + other.original.lists).map(\.attribute))
    }
    return attributes.sorted().map { AttributeID(index: $0) }
  }

  /// The values of `attribute`.
  package func list(_ attribute: AttributeID) -> [[UInt8]] {
    changes.first { $0.attribute == attribute.index }?.values ?? original.values(attribute.index)
  }

  /// The value of `attribute` with the number `ordinal`; nil when there is none.
  func value(_ attribute: AttributeID, _ ordinal: Int) -> [UInt8]? {
    guard ordinal >= 0 else { return nil }
    if let change = changes.first(where: { $0.attribute == attribute.index }) {
      return ordinal < change.values.count ? change.values[ordinal] : nil
    }
    guard let list = original.list(attribute.index), ordinal < list.count else { return nil }
    return Array(original.bytes[original.range(Int(list.first) + ordinal)])
  }

  /// Gives `attribute` other values; without any it is absent.
  package mutating func set(_ attribute: AttributeID, _ values: [[UInt8]]) {
    let index = changes.firstIndex { $0.attribute >= attribute.index } ?? changes.count
    let isKnown = index < changes.count && changes[index].attribute == attribute.index
    if values == original.values(attribute.index) {
      if isKnown { changes.remove(at: index) }
    } else if isKnown {
      changes[index].values = values
    } else {
      changes.insert(Change(attribute: attribute.index, values: values), at: index)
    }
  }

  /// Exchanges, adds or removes a value; an attribute without values is absent.
  mutating func apply(_ edit: AttributeEdit) {
    var list = list(edit.attribute)
    // A value that is not there stays as it is.
    try? edit.value.apply(to: &list, as: .inPlace)
    set(edit.attribute, list)
  }
}
