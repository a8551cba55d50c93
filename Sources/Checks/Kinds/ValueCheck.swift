import Bytes
import Directory
import Rules
import Sync

/// A check of one value, ready to run: what `check:` of a rule has become.
///
/// Each kind is a file beside this one with a line in `CheckKinds`. Screens let nearly all values
/// pass; a check is asked only about those that are left.
protocol ValueCheck: Sendable {
  /// The bytes that may be at fault.
  var filter: ByteFilter { get }
  /// The attributes on which the outcome depends besides the one whose value is checked.
  var reads: [AttributeID] { get }
  /// What `explain` always says.
  var supplies: Set<Template.Placeholder> { get }
  /// Whether there is something wrong with `value` of the entry.
  func fires(_ value: ScannedValue, _ view: ObjectView) -> Bool
  /// What is to be said of `value`, on which it fires.
  func explain(_ value: ScannedValue, _ view: ObjectView) -> Explanation
  /// Makes `screen` stop every value with the type of `typeBit` on which it may fire; `seesPrefix`
  /// says whether it looks at a `type:` prefix that could be at fault.
  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool)
  /// The part of a value that it checks as `repair` makes it; nil where the check has no say in it.
  func repaired(_ part: ByteView, by repair: RepairKind) -> [UInt8]?
}

extension ValueCheck {
  var filter: ByteFilter { ByteFilter() }
  var reads: [AttributeID] { [] }
  func repaired(_ part: ByteView, by repair: RepairKind) -> [UInt8]? { nil }
}
