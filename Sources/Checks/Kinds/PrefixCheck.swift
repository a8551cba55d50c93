import Bytes
import Directory
import Rules
import Sync

/// `prefix`: an address without its `type:`, or with one of the types named.
struct PrefixCheck: ValueCheck {
  var requires: Bool
  var forbidden: UInt32

  var supplies: Set<Template.Placeholder> { [] }

  func fires(_ value: ScannedValue, _ view: ObjectView) -> Bool {
    if value.typeBit == AddressTypes.noneBit { return requires && !value.value.isEmpty }
    return value.typeBit & forbidden != 0
  }

  func explain(_ value: ScannedValue, _ view: ObjectView) -> Explanation {
    let length = value.value.count - value.body.count
    guard length > 0 else { return Explanation() }
    return Explanation(facts: [.type: value.value.upTo(length - 1).string])
  }

  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool) {
    if typeBit == AddressTypes.noneBit ? requires : typeBit & forbidden != 0 { screen.stopAll() }
  }
}

extension PrefixSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck {
    let forbidden = forbid.isEmpty ? 0 : ruleSet.sync.types.mask(forbid)
    return .value(PrefixCheck(requires: require, forbidden: forbidden))
  }
}
