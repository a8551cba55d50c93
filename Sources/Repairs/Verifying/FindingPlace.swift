import Checks
import Directory
import Lint

/// What fires where, in a form that can be compared between a run and what it is when objects are
/// changed in place.
struct FindingPlace: Hashable, Sendable {
  /// The object's position.
  var position: Int
  /// The rule's index.
  var rule: UInt16
  /// The attribute.
  var attribute: AttributeID
}

extension FindingRecord {
  /// What it fires on; `position` is where the object was at first.
  func place(at position: Int) -> FindingPlace {
    FindingPlace(position: position, rule: UInt16(rule), attribute: attribute)
  }
}

extension LintResult {
  /// What fires where, whether it is shown or not, in the order of the objects: what is shown now was
  /// there before as well.
  func findingPlaces() -> [FindingPlace] { fired.map { $0.place(at: $0.position) } }
}
