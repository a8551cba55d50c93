import Bytes
import Directory
import Rules
import Sync

/// `compare`: two attributes that should be equal, without case; addresses without their type.
struct CompareCheck: ValueCheck {
  /// What a value is compared with.
  var other: ValueSource

  var supplies: Set<Template.Placeholder> { [.other] }

  var reads: [AttributeID] {
    if case .attribute(let attribute) = other { [attribute] } else { [] }
  }

  func fires(_ value: ScannedValue, _ view: ObjectView) -> Bool {
    guard let expected = view.value(of: other), !value.body.isEmpty,
      !view.isSameText(value.body, expected)
    else { return false }
    guard case .attribute(let attribute) = other else { return true }
    return !view.entry.values(attribute).contains { view.isSameText(value.body, $0) }
  }

  func explain(_ value: ScannedValue, _ view: ObjectView) -> Explanation {
    if case .attribute(let attribute) = other,
      SecretAttributes.contains(view.sync.table.name(attribute))
    {
      return Explanation(facts: [.other: SecretLine.mask])
    }
    return Explanation(facts: [.other: view.value(of: other)?.string ?? ""])
  }

  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool) {
    if case .primarySMTP = other { screen.stopUnlessPrimary() } else { screen.stopAll() }
  }
}

extension CompareSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck {
    .value(
      CompareCheck(
        other: with == "primary-smtp" ? .primarySMTP : .attribute(ruleSet.sync.table.need(with))))
  }
}
