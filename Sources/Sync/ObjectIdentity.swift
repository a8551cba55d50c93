import Bytes
import Directory

/// What makes two records one object: the same objectGUID or entryUUID anywhere, or the same DN in one
/// forest.
package struct ObjectIdentity {
  /// The attributes that hold it.
  package struct Attributes: Sendable {
    let objectGUID: AttributeID
    let entryUUID: AttributeID

    /// Those of `table`, which then has them.
    package init(_ table: inout AttributeTable) {
      objectGUID = table.need("objectGUID")
      entryUUID = table.need("entryUUID")
    }

    init(_ known: WellKnownAttributes) {
      objectGUID = known.objectGUID
      entryUUID = known.entryUUID
    }
  }

  // Tags far from those of values, which are counted from 0.
  private static let guidTag: UInt64 = 1 << 40
  private static let uuidTag: UInt64 = 2 << 40
  private static let nameTag: UInt64 = 3 << 40

  /// Hands the hash of each identity of `entry`, an object of forest number `forest`, to `body`.
  @inline(__always)
  package static func forEachHash(
    of entry: Entry, _ attributes: Attributes, forest: Int, _ hash: KeyedHash,
    _ body: (UInt64) -> Void
  ) {
    if let guid = entry.first(attributes.objectGUID), guid.count == 16 {
      body(hash.exact(guid, tag: guidTag))
    } else if let uuid = entry.first(attributes.entryUUID), !uuid.isEmpty {
      body(hash.foldingASCIICase(uuid, tag: uuidTag))
    }
    guard let name = try? DistinguishedName.normalise(entry.dn, into: entry.arena) else { return }
    body(hash.exact(name, tag: nameTag &+ UInt64(forest)))
  }

  private let guid: [UInt8]
  private let uuid: [UInt8]
  private let name: [UInt8]
  private let forest: Int

  /// The identity of `entry`, an object of forest number `forest`.
  package init(_ entry: Entry, _ attributes: Attributes, forest: Int) {
    let guid = entry.first(attributes.objectGUID)?.array ?? []
    self.guid = guid.count == 16 ? guid : []
    uuid = (entry.first(attributes.entryUUID)?.array ?? []).map(\.asciiLowercased)
    name = (try? DistinguishedName.normalise(entry.dn, into: entry.arena))?.array ?? []
    self.forest = forest
  }

  /// Whether both are one object.
  package func isSame(as other: ObjectIdentity) -> Bool {
    (!guid.isEmpty && guid == other.guid) || (!uuid.isEmpty && uuid == other.uuid)
      || (forest == other.forest && !name.isEmpty && name == other.name)
  }
}
