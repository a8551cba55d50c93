import Bytes
import Directory
import Rules
import Sync

/// `size`: a binary value that is too large or not of the one size that it should have.
struct SizeCheck: ValueCheck {
  var max: Int?
  var exactly: Int?

  var supplies: Set<Template.Placeholder> { [.length, .limit] }

  func fires(_ value: ScannedValue, _ view: ObjectView) -> Bool {
    let count = value.value.count
    if let max, count > max { return true }
    if let exactly, count != exactly { return true }
    return false
  }

  func explain(_ value: ScannedValue, _ view: ObjectView) -> Explanation {
    Explanation(facts: [
      .length: String(value.value.count), .limit: String(exactly ?? max ?? 0),
    ])
  }

  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool) {
    screen.stop(longerThan: min(max ?? .max, exactly ?? .max))
    screen.stop(shorterThan: exactly ?? 0)
  }
}

extension SizeSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck { .value(SizeCheck(max: max, exactly: exactly)) }
}
