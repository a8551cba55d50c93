import Bytes
import Directory

extension [ObjectEdit] {
  /// The same by where in the tree they are, as a person goes through it: what is in one
  /// organizational unit is together, in the order of the sources.
  public var byUnit: [ObjectEdit] {
    var units: [[UInt8]: [ObjectEdit]] = [:]
    for object in self {
      let parent = object.dn.withByteView { DistinguishedName.parent(of: $0)?.array } ?? []
      units[DistinguishedName.key(of: parent), default: []].append(object)
    }
    // A comma in a key always separates two levels.
    let names = units.keys.map { key in
      (key, Array<ArraySlice<UInt8>>(key.split(separator: 0x2C).reversed()))
    }
    return names.sorted { left, right in
      left.1.lexicographicallyPrecedes(right.1) { $0.lexicographicallyPrecedes($1) }
    }.flatMap { units[$0.0] ?? [] }
  }
}
