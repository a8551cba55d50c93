import Bytes
import Directory
import Rules
import Sync
import SyncExpressions

extension RuleSet {
  /// Makes `rule` ready to run.
  mutating func compile(_ rule: Rule) throws(RuleError) -> CompiledRule {
    var rule = rule
    if let login = settings.tenant.loginAttribute {
      rule.attributes = rule.attributes.map { $0 == "userPrincipalName" ? login : $0 }
    }
    var when: Expression?
    if let source = rule.when { when = try sync.compile(source) }
    let maker = try CheckKinds.maker(of: rule)
    var lowered: [CompiledRule.Lowered] = []
    for item in rule.lowered {
      let when = try sync.compile(item.when)
      lowered.append(CompiledRule.Lowered(when: when, severity: item.severity))
    }
    var cloud: [CompiledRule.Cloud] = []
    for sentence in rule.cloud {
      var when: Expression?
      if let source = sentence.when { when = try sync.compile(source) }
      cloud.append(
        CompiledRule.Cloud(objects: sentence.objects, when: when, text: sentence.text))
    }
    let ids = rule.attributes.map { name in
      name == "dn" ? CompiledRule.dnAttribute : sync.table.need(name, maker.need(rule))
    }
    var needs: [AttributeID] = []
    for name in rule.needs { needs.append(sync.table.need(name)) }
    let mask = mask(rule)
    let check = try maker.make(rule, ids, &self)
    try Self.requireTexts(of: rule, check.supplies)
    return CompiledRule(
      rule: rule, attributes: ids, typeMask: mask, check: check, when: when, lowered: lowered,
      needs: needs, cloud: cloud)
  }

  /// A text with a placeholder that nothing fills would have a hole in it.
  private static func requireTexts(
    of rule: Rule, _ supplied: Set<Template.Placeholder>
  ) throws(RuleError) {
    let texts = [rule.message] + rule.cloud.map(\.text) + rule.repairs.map(\.reason)
    let missing = texts.lazy.flatMap(\.placeholders).first {
      Facts.ofChecks.contains($0) && !supplied.contains($0)
    }
    guard let missing else { return }
    throw RuleError(
      place: rule.place,
      message: "{\(missing.rawValue)} never has a value: the check \"\(rule.check.kind.name)\" "
        + "does not know it")
  }

  /// The types of the values that `rule` looks at.
  mutating func mask(_ rule: Rule) -> UInt32 {
    let wanted = sync.types.mask(rule.types)
    return rule.exceptTypes.isEmpty ? wanted : wanted & ~sync.types.mask(rule.exceptTypes)
  }

  /// A filter on the bytes after the `type:` prefix; the `@` between local part and domain is
  /// no part of either.
  mutating func addFilter(_ rule: Rule, _ mayFail: (UInt8) -> Bool) -> ByteFilter {
    let isInner = rule.part == .local || rule.part == .domain
    let bit = sync.byteScreens.add { byte in
      isInner && byte == 0x40 ? false : mayFail(byte)
    }
    let prefixBytes = (UInt8.min...UInt8.max).filter(AddressTypes.mayStandInPrefix) + [0x3A]
    return ByteFilter(
      bit: bit, concernsPrefix: rule.part == .value && prefixBytes.contains(where: mayFail))
  }
}
