import Directory
import Rules
import Sync

/// `present`: an attribute that is absent, or has nothing but white space.
struct PresentCheck: ObjectCheck {
  var attribute: AttributeID
  var absent: Bool
  var blank: Bool
  var computed: PresentSpec.ComputedName?

  var supplies: Set<Template.Placeholder> { computed == nil ? [] : [.other, .reason] }

  /// Where no object has the attribute, it was not exported.
  var needs: [AttributeID] { absent ? [attribute] : [] }

  var screen: ObjectScreen {
    .present(attribute, mayBeAbsent: !absent, mayBeBlank: !blank)
  }

  func check(_ evaluator: RuleEvaluator, _ report: (AttributeID, Int) -> Void) {
    let isAtFault =
      evaluator.entry.first(attribute).map { blank && UnicodeText.isBlank($0) } ?? absent
    guard isAtFault else { return }
    let name = SignInName(evaluator.view)
    switch computed {
    case .kept where !name.isOfAccountTakenOver: return
    case .unverifiable where name.faultOfAccountSuffix == nil: return
    default: break
    }
    report(attribute, evaluator.entry.has(attribute) ? 0 : -1)
  }

  func explain(_ attribute: AttributeID, _ view: ObjectView) -> Explanation? {
    guard computed != nil else { return nil }
    let name = SignInName(view)
    return Explanation(facts: [
      .other: name.ofAccount?.string ?? "", .reason: name.faultOfAccountSuffix ?? "",
    ])
  }
}

extension PresentSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck {
    .object(
      attributes.map {
        PresentCheck(attribute: $0, absent: absent, blank: blank, computed: computed)
      })
  }
}
