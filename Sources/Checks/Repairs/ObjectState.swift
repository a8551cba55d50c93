import Bytes
import Directory

/// An object's values as a plan of repairs changes them, apart from the record that they came from.
package struct ObjectState: Sendable, Equatable {
  /// The DN, as it is written.
  package var dn: [UInt8]
  /// Values by attribute index; nil for one whose values are only counted.
  package var values: [Int: [[UInt8]]]
  /// How many values there are of attributes that are only counted.
  private var tallies: [Int: Int]

  /// What `entry` holds.
  package init(_ entry: Entry, table: AttributeTable) {
    dn = entry.dn.array
    values = [:]
    tallies = [:]
    entry.forEachPresent { attribute in
      let index = Int(attribute.index)
      if case .count = table.needs[index] {
        tallies[index] = entry.count(attribute)
      } else {
        values[index] = entry.values(attribute).map(\.array)
      }
    }
  }

  /// Fills `entry` with the state; its views live in the entry's arena.
  package func load(into entry: Entry) {
    entry.arena.reset()
    entry.reset(dn: entry.arena.copy(dn))
    for (index, list) in values {
      let attribute = AttributeID(index: UInt16(index))
      for value in list { entry.append(entry.arena.copy(value), to: attribute) }
    }
    for (index, count) in tallies {
      for _ in 0..<count { entry.tally(AttributeID(index: UInt16(index))) }
    }
  }

  /// The values of `attribute`.
  package func list(_ attribute: AttributeID) -> [[UInt8]] { values[Int(attribute.index)] ?? [] }

  /// The value of `attribute` with the number `ordinal`; nil when there is none.
  func value(_ attribute: AttributeID, _ ordinal: Int) -> [UInt8]? {
    let list = list(attribute)
    return list.indices.contains(ordinal) ? list[ordinal] : nil
  }

  /// Exchanges, adds or removes a value; an attribute without values is absent.
  mutating func apply(_ edit: AttributeEdit) {
    var list = list(edit.attribute)
    // A value that is not there stays as it is.
    try? edit.value.apply(to: &list, as: .inPlace)
    values[Int(edit.attribute.index)] = list.isEmpty ? nil : list
  }
}
