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

  /// Exchanges, adds or removes a value; an attribute without values is absent.
  mutating func apply(_ change: RepairProposal.Change, to attribute: AttributeID, _ ordinal: Int) {
    var list = list(attribute)
    switch change {
    case .edit(let value):
      if list.indices.contains(ordinal) { list[ordinal] = value }
    case .add(let value): list.append(value)
    case .remove:
      if list.indices.contains(ordinal) { list.remove(at: ordinal) }
    }
    values[Int(attribute.index)] = list.isEmpty ? nil : list
  }

  /// Removes all of `unwanted`.
  mutating func remove(_ unwanted: [[UInt8]], from attribute: AttributeID) {
    let rest = list(attribute).filter { !unwanted.contains($0) }
    values[Int(attribute.index)] = rest.isEmpty ? nil : rest
  }
}
