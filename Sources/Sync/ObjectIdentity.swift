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

  /// The hash of the objectGUID or entryUUID of `entry`; nil when it has none.
  @inline(__always)
  package static func hash(
    of entry: Entry, _ attributes: Attributes, _ hash: KeyedHash
  ) -> UInt64? {
    if let guid = entry.first(attributes.objectGUID), guid.count == 16 {
      return hash.exact(guid, tag: guidTag)
    }
    if let uuid = entry.first(attributes.entryUUID), !uuid.isEmpty {
      return hash.foldingASCIICase(uuid, tag: uuidTag)
    }
    return nil
  }

  /// The hash of the name of `entry`, an object of forest number `forest`; nil when it is none.
  package static func nameHash(
    of entry: Entry, forest: Int, _ hash: KeyedHash
  ) -> UInt64? {
    let name = try? DistinguishedName.normalise(entry.dn, into: entry.arena)
    return name.map { hash.exact($0, tag: nameTag &+ UInt64(forest)) }
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
