import Bytes
import Directory

/// `compare`: two attributes that should be equal, without case; addresses without their type.
struct CompareCheck: Sendable {
  /// What a value is compared with.
  enum Other: Sendable {
    case attribute(AttributeID)
    case primarySMTP
  }

  var other: Other

  func fires(_ value: ScannedValue, judge: Judge) -> Bool {
    guard let expected = judge.value(of: other), !value.body.isEmpty else { return false }
    return !judge.isSameText(value.body, expected)
  }

  func explain(_ value: ScannedValue, judge: Judge) -> Explanation {
    Explanation(facts: [.other: judge.value(of: other)?.string ?? ""])
  }
}
