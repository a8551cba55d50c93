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

  /// Whether it stands among others in no order of their own, as rows do: the records of a patch are
  /// carried out one after the other.
  var isInAnyOrder: Bool { if case .row = place { true } else { false } }

  /// What stands against it.
  func problem(_ reason: String) -> EditProblem {
    EditProblem(place: place, dn: dn, reason: reason)
  }
}
