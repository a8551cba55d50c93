import Bytes
import Directory

/// A change that a person asks for: a record of a patch or a row of a decisions file.
struct EditRequest: Sendable {
  /// Where it stands.
  var place: EditProblem.Place
  /// The object's DN.
  var dn: [UInt8]
  /// What is done to it, all or nothing.
  var modifications: [Modification]

  /// What stands against it.
  func problem(_ reason: String) -> EditProblem {
    EditProblem(place: place, dn: dn, reason: reason)
  }

  /// What all spellings of one DN have in common.
  static func key(_ dn: [UInt8]) -> [UInt8] {
    let arena = ByteArena(blockSize: 1024)
    // The view that comes back lives in the arena.
    return withExtendedLifetime(arena) {
      dn.withByteView { (try? DistinguishedName.normalise($0, into: arena))?.array ?? dn }
    }
  }
}
