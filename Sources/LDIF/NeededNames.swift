import Bytes
import Directory

/// The attributes of a table by their names and their object identifiers. In a file where every name is another one this is
/// asked for each line, so it allocates nothing.
struct NeededNames: ~Copyable {
  private var names: [ByteView] = []
  /// The attribute of each name.
  private var attributes: [AttributeID] = []
  /// Numbers of names by hash, -1 for a free place; names in one place go to the next.
  private var places: [Int16]
  private let hash = KeyedHash()
  private let arena = ByteArena(blockSize: 4 * 1024)

  init(_ table: AttributeTable) {
    var size = 64
    while size < table.count * 8 { size *= 2 }
    places = Array(repeating: -1, count: size)
    for (index, name) in table.names.enumerated() {
      let attribute = AttributeID(index: UInt16(index))
      add(name, attribute)
      if let oid = Schema.find(name)?.oid { add(oid, attribute) }
    }
  }

  private mutating func add(_ name: String, _ attribute: AttributeID) {
    let view = arena.copy(Array(name.utf8))
    var place = first(view)
    while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
    places[place] = Int16(names.count)
    names.append(view)
    attributes.append(attribute)
  }

  private func first(_ name: ByteView) -> Int {
    Int(truncatingIfNeeded: hash.foldingASCIICase(name, tag: 0)) & (places.count - 1)
  }

  /// The attribute called `name` in any case, or nil.
  func find(_ name: ByteView) -> AttributeID? {
    var place = first(name)
    while true {
      let number = places[place]
      if number < 0 { return nil }
      if names[Int(number)].equalsIgnoringASCIICase(name) {
        return attributes[Int(number)]
      }
      place = (place + 1) & (places.count - 1)
    }
  }
}
