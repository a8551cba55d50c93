import Bytes
import Directory

/// The attributes of a table by their names. In a file where every name is another one this is
/// asked for each line, so it allocates nothing.
struct NeededNames: ~Copyable {
  private var names: [ByteView] = []
  /// Numbers of names by hash, -1 for a free place; names in one place go to the next.
  private var places: [Int16]
  private let hash = KeyedHash()
  private let arena = ByteArena(blockSize: 4 * 1024)

  init(_ table: AttributeTable) {
    var size = 64
    while size < table.count * 4 { size *= 2 }
    places = Array(repeating: -1, count: size)
    for name in table.names {
      let view = arena.copy(Array(name.utf8))
      var place = first(view)
      while places[place] >= 0 { place = (place + 1) & (size - 1) }
      places[place] = Int16(names.count)
      names.append(view)
    }
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
        return AttributeID(index: UInt16(number))
      }
      place = (place + 1) & (places.count - 1)
    }
  }
}
