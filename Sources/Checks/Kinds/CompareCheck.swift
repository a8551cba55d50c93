import Bytes
import Directory
import Rules
import SyncExpressions

/// `compare`: two attributes that should be equal, without case; addresses without their type.
struct CompareCheck: ValueCheck {
  /// What a value is compared with.
  enum Other: Sendable {
    case attribute(AttributeID)
    case primarySMTP
  }

  var other: Other

  var supplies: Set<Template.Placeholder> { [.other] }

  var reads: [AttributeID] {
    if case .attribute(let attribute) = other { [attribute] } else { [] }
  }

  func fires(_ value: ScannedValue, _ judge: Judge) -> Bool {
    guard let expected = judge.value(of: other), !value.body.isEmpty else { return false }
    return !judge.isSameText(value.body, expected)
  }

  func explain(_ value: ScannedValue, _ judge: Judge) -> Explanation {
    Explanation(facts: [.other: judge.value(of: other)?.string ?? ""])
  }

  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool) {
    if case .primarySMTP = other { screen.stopUnlessPrimary() } else { screen.stopAll() }
  }
}

extension CompareSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet,
    _ options: ExpressionOptions
  ) -> CompiledCheck {
    .value(
      CompareCheck(
        other: with == "primary-smtp" ? .primarySMTP : .attribute(ruleSet.table.need(with))))
  }
}
