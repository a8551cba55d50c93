/// Where a finding stands in what people have decided about findings before.
public enum FindingStatus: String, CaseIterable, Sendable {
  /// Nobody has decided anything about it.
  case new
  /// A baseline has it.
  case known
  /// An exception says that it may stay.
  case excepted
}
