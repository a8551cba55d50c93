import Bytes
import Directory

/// GUIDs and SIDs that the tool has written as text, as ldbsearch and AdFind do, taken for the octets
/// that they stand for: so an object is the same whatever tool has exported it.
///
/// A class, because what goes through every line is to stay small.
final class TextIdentifiers: Sendable {
  private let attributes: [(id: AttributeID, isSID: Bool)]
  private let objectGUID: AttributeID?
  /// By attribute.
  private let holds: [Bool]

  /// Those of the attributes of `table`.
  init(_ table: AttributeTable) {
    var attributes: [(id: AttributeID, isSID: Bool)] = []
    var holds = [Bool](repeating: false, count: table.count)
    for (index, name) in table.names.enumerated() {
      guard let traits = Schema.find(name)?.traits, !traits.isDisjoint(with: [.guid, .sid]) else {
        continue
      }
      holds[index] = true
      attributes.append((AttributeID(index: UInt16(index)), traits.contains(.sid)))
    }
    self.attributes = attributes
    self.holds = holds
    objectGUID = table.find("objectGUID")
  }

  /// Whether the values of `attribute` are GUIDs or SIDs.
  func holds(_ attribute: AttributeID) -> Bool { holds[Int(attribute.index)] }

  /// Whether `value` may be one as text: a GUID with braces or without, or what begins as a SID.
  @inline(__always)
  static func mayBe(_ value: ByteView) -> Bool {
    value.count == 36 || value.count == 38 || value.first.map { $0 | 0x20 } == UInt8(ascii: "s")
  }

  /// Replaces those of `entry`.
  ///
  /// A tool writes all GUIDs in one way. Where objectGUID is in octets, the text of a GUID in another
  /// attribute is what the directory holds, and wrong.
  @inline(never)
  func read(_ entry: Entry) {
    let hasOctets = objectGUID.flatMap(entry.first)?.count == 16
    for (attribute, isSID) in attributes where entry.has(attribute) && (isSID || !hasOctets) {
      entry.forEachPlace(attribute) { place, value in
        let octets =
          isSID
          ? SecurityIdentifier(text: value)?.storedBytes : ObjectGUID(text: value)?.storedBytes
        if let octets { entry.replace(place, with: entry.arena.copy(octets)) }
      }
    }
  }
}
