import Directory
import Rules
import Sync

/// `present`: an attribute that is absent, or has nothing but white space.
struct PresentCheck: ObjectCheck {
  var attribute: AttributeID
  var absent: Bool
  var blank: Bool

  /// Where no object has the attribute, it was not exported.
  var needs: [AttributeID] { absent ? [attribute] : [] }

  var screen: ObjectScreen {
    .present(attribute, mayBeAbsent: !absent, mayBeBlank: !blank)
  }

  func check(_ evaluator: RuleEvaluator, _ report: (AttributeID, Int) -> Void) {
    let isAtFault =
      evaluator.entry.first(attribute).map { blank && UnicodeText.isBlank($0) } ?? absent
    if isAtFault { report(attribute, evaluator.entry.has(attribute) ? 0 : -1) }
  }
}

extension PresentSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck {
    .object(attributes.map { PresentCheck(attribute: $0, absent: absent, blank: blank) })
  }
}
