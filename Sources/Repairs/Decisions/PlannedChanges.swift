import Directory
import Lint
import System

/// What the plan of the whole run would do by itself: whoever asks for a part of it asks for what has
/// been tried, and needs not be right about it once more by stricter rules.
struct PlannedChanges: Sendable {
  private struct Change: Hashable {
    var position: Int
    /// In small letters.
    var attribute: String
    var value: [UInt8]
    var isNew: Bool
  }

  private var changes: Set<Change> = []
  /// What is found when all of it is done.
  private let places: Set<FindingPlace>

  /// Plans for `result`; nil when its run has not kept what a plan needs. Throws when the unique values
  /// cannot be read.
  init?(_ result: LintResult) throws(SystemError) {
    guard result.context.options.keepsIndex else { return nil }
    var request = RepairRequest()
    request.allowsUnsafe = true
    let plan = try PlanSearch.plan(result, request: request)
    places = Set(plan.after?.findingPlaces() ?? [])
    for object in plan.objects {
      for modification in object.modifications {
        for value in modification.values {
          changes.insert(
            Change(
              position: object.position, attribute: modification.attribute.lowercased(),
              value: value, isNew: modification.operation == .add))
        }
      }
    }
  }

  /// Whether `edit` of `attribute` of the object at `position` is a part of it.
  func contains(_ edit: ValueEdit, of attribute: String, at position: Int) -> Bool {
    let name = attribute.lowercased()
    func contains(_ value: [UInt8]?, isNew: Bool) -> Bool {
      value.map {
        changes.contains(
          Change(position: position, attribute: name, value: $0, isNew: isNew))
      } ?? true
    }
    return contains(edit.old, isNew: false) && contains(edit.new, isNew: true)
  }

  /// Whether it is found then, too, where `place` is.
  func leads(to place: FindingPlace) -> Bool { places.contains(place) }
}
