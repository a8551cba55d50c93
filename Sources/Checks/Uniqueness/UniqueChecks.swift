import Directory
import Rules
import Sync

/// Which values of an object should be unique, as the rules of the run have it.
///
/// Classes, because every object goes through them and copies would count references.
final class UniqueChecks: Sendable {
  /// The tag of addresses in the index; other rules have tags from `firstValueTag` on.
  static let addressTag: UInt64 = 0
  static let firstValueTag: UInt64 = 1

  /// A rule that compares the values of its attributes as they are.
  final class ValueRule: Sendable {
    let rule: Int
    let tag: UInt64
    let attributes: [AttributeID]
    let isExact: Bool
    let typeMask: UInt32
    let objects: ObjectClassSet

    init(_ rule: CompiledRule, number: Int, tag: UInt64, isExact: Bool) {
      self.rule = number
      self.tag = tag
      attributes = rule.attributes
      self.isExact = isExact
      typeMask = rule.typeMask
      objects = rule.rule.objects
    }
  }

  /// Whether some rule compares addresses.
  let hasAddresses: Bool
  /// Whether some rule asks for addresses that only look the same.
  let hasConfusables: Bool
  /// Whether some rule asks for user names that the cloud makes.
  let hasComputedNames: Bool
  /// Whether some rule tells apart what two objects of different classes hold.
  let tellsObjectTypes: Bool
  let valueRules: [ValueRule]
  /// Rules by what they say of equal addresses.
  let addressRules: [(rule: Int, index: UniqueIndex)]

  init(rules: [CompiledRule] = []) {
    var valueRules: [ValueRule] = []
    var addressRules: [(rule: Int, index: UniqueIndex)] = []
    for (number, rule) in rules.enumerated() {
      guard case .unique(let index) = rule.check else { continue }
      switch index {
      case .value(let isExact):
        let tag = Self.firstValueTag + UInt64(valueRules.count)
        valueRules.append(ValueRule(rule, number: number, tag: tag, isExact: isExact))
      case .addressStrong, .objectType, .addressWeak, .contactMirror, .confusable, .computedName:
        addressRules.append((number, index))
      case .object: break
      }
    }
    self.valueRules = valueRules
    self.addressRules = addressRules
    hasAddresses = !addressRules.isEmpty
    hasConfusables = addressRules.contains { $0.index == .confusable }
    tellsObjectTypes = addressRules.contains { $0.index == .objectType }
    hasComputedNames = addressRules.contains { $0.index == .computedName }
  }
}
