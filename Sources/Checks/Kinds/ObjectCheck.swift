import Directory
import Rules
import Sync

/// A check of an object as a whole, ready to run.
protocol ObjectCheck: Sendable {
  /// The attributes without which a source cannot be checked.
  var needs: [AttributeID] { get }
  /// The attributes on which the outcome depends besides the rule's.
  var reads: [AttributeID] { get }
  /// What `explain` always says.
  var supplies: Set<Template.Placeholder> { get }
  /// What stops every object on which it may fire.
  var screen: ObjectScreen { get }
  /// Hands to `report` the attribute and number of each value of the entry that is at fault,
  /// with -1 where it is no value.
  func check(_ evaluator: RuleEvaluator, _ report: (AttributeID, Int) -> Void)
  /// What is to be said of `attribute`, on which it fires.
  func explain(_ attribute: AttributeID, _ view: ObjectView) -> Explanation?
}

extension ObjectCheck {
  var needs: [AttributeID] { [] }
  var reads: [AttributeID] { [] }
  var supplies: Set<Template.Placeholder> { [] }
  func explain(_ attribute: AttributeID, _ view: ObjectView) -> Explanation? { nil }
}
