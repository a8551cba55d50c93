import Directory

/// What a run remembers of a finding until it is rendered: enough to find and explain it again.
public struct FindingRecord: Sendable {
  /// The object's position in the run.
  public var position: Int
  /// The rule's index.
  public var rule: UInt16
  /// The attribute's index.
  public var attribute: UInt16
  /// The number of the value in the attribute, or -1 when it is about no value.
  public var ordinal: Int32
  /// The number of the group of holders, or -1.
  public var group: Int32
  /// The object's first line in its source, from 1, or 0 when it is not known.
  public var line: UInt32 = 0

  /// A record with all its parts.
  public init(position: Int, rule: Int, attribute: AttributeID, ordinal: Int, group: Int = -1) {
    self.position = position
    self.rule = UInt16(rule)
    self.attribute = attribute.index
    self.ordinal = Int32(clamping: ordinal)
    self.group = Int32(clamping: group)
  }

  /// The total order of findings: position, rule, attribute, value, group.
  public static func precedes(_ left: FindingRecord, _ right: FindingRecord) -> Bool {
    if left.position != right.position { return left.position < right.position }
    if left.rule != right.rule { return left.rule < right.rule }
    if left.attribute != right.attribute { return left.attribute < right.attribute }
    if left.ordinal != right.ordinal { return left.ordinal < right.ordinal }
    return left.group < right.group
  }
}
