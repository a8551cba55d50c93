import Directory
import Findings

/// What a run remembers of a finding until it is rendered: enough to find and explain it again.
///
/// 24 bytes, since a run may have millions of them.
public struct FindingRecord: Sendable {
  /// How many rules a run can have.
  static let maximumRules = 1 << ruleBits
  private static let ruleBits = 14

  /// The object's position in the run.
  public var position: Int
  /// The attribute.
  public var attribute: AttributeID
  /// The rule's index and, above it, the severity and 1, or 0 for that of the rule; beside the
  /// attribute, so that no bytes are empty.
  private var ruleAndSeverity: UInt16
  /// The object's first line in its source, from 1, or 0 when it is not known.
  public var line: UInt32 = 0
  private let shortOrdinal: Int32
  private var shortGroup: Int32

  /// The rule's index.
  public var rule: Int { Int(ruleAndSeverity) & (Self.maximumRules - 1) }
  /// The number of the value in the attribute, or -1 when it is about no value.
  public var ordinal: Int { Int(shortOrdinal) }
  /// The number of the group of holders, or -1.
  public var group: Int {
    get { Int(shortGroup) }
    set { shortGroup = Int32(clamping: newValue) }
  }

  /// A record of what fires on the object at `position`.
  public init(_ hit: Hit, position: Int, group: Int = -1) {
    self.position = position
    attribute = hit.attribute
    ruleAndSeverity = UInt16(hit.rule)
    shortOrdinal = Int32(clamping: hit.ordinal)
    shortGroup = Int32(clamping: group)
  }

  /// How bad it is on this object, where the rule's severity depends on the object and that has
  /// been looked at.
  package var severity: Severity? {
    get { Severity(rawValue: UInt8(ruleAndSeverity >> Self.ruleBits) &- 1) }
    set {
      let word = newValue.map { UInt16($0.rawValue) + 1 } ?? 0
      ruleAndSeverity = UInt16(rule) | word << Self.ruleBits
    }
  }

  /// Whether `other` is about the same value of the same object, or about the same attribute
  /// where both are about none of its values.
  package func isAboutSameValue(as other: FindingRecord) -> Bool {
    position == other.position && attribute == other.attribute && ordinal == other.ordinal
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
