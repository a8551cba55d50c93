import Bytes
import Directory
import Rules
import SyncExpressions

extension RuleSet {
  /// Makes `rule` ready to run.
  mutating func compile(
    _ rule: Rule, options: ExpressionOptions
  ) throws(RuleError) -> CompiledRule {
    var rule = rule
    if let login = settings.loginAttribute {
      rule.attributes = rule.attributes.map { $0 == "userPrincipalName" ? login : $0 }
    }
    var when: Expression?
    if let source = rule.when { when = try compile(source, options: options) }
    let ids = rule.attributes.map { name in
      name == "dn"
        ? CompiledRule.dnAttribute : table.need(name, countsOnly(rule) ? .count : .values)
    }
    var needs: [AttributeID] = []
    for name in rule.needs { needs.append(table.need(name)) }
    let mask = mask(rule)
    var filter = CompiledRule.Filter()
    let test = try test(rule, ids, options: options, filter: &filter)
    if case .object(let tests) = test { needShown(ids, tests) }
    return CompiledRule(
      rule: rule, attributes: ids, typeMask: mask, test: test, when: when, needs: needs,
      filter: filter)
  }

  /// Whether only the number of values matters, so that `member` is counted and not kept. An
  /// expression says itself what it needs.
  private func countsOnly(_ rule: Rule) -> Bool {
    switch rule.check {
    case .count(_, _, let primary):
      !primary && rule.types.isEmpty && rule.exceptTypes.isEmpty
    case .expression: true
    default: false
    }
  }

  /// A finding shows the value of its attribute also where the expression looks at others.
  private mutating func needShown(_ ids: [AttributeID], _ tests: [ObjectTest]) {
    for case .expression(let expression) in tests {
      for id in ids where id != CompiledRule.dnAttribute && !expression.attributes.contains(id) {
        _ = table.need(table.name(id))
      }
    }
  }

  private mutating func mask(_ rule: Rule) -> UInt32 {
    let wanted = types.mask(rule.types)
    return rule.exceptTypes.isEmpty ? wanted : wanted & ~types.mask(rule.exceptTypes)
  }

  private mutating func test(
    _ rule: Rule, _ ids: [AttributeID], options: ExpressionOptions,
    filter: inout CompiledRule.Filter
  ) throws(RuleError) -> RuleTest {
    switch rule.check {
    case .length(let max, let min, let bytes):
      return .value(.length(LengthCheck(max: max ?? .max, min: min ?? 0, countsBytes: bytes)))
    case .characters(let spec):
      let check = CharactersCheck(spec)
      filter = addFilter(rule, check.mayFail)
      return .value(.characters(check))
    case .pattern(let spec):
      let check = try patternCheck(spec, of: rule)
      if !check.concernsEmptyParts { filter = addFilter(rule, check.mayFail) }
      return .value(.pattern(check))
    case .address(let aspects): return .value(.address(AddressCheck(aspects: aspects)))
    case .routableDomain: return .value(.domain(.routable))
    case .verifiedDomain:
      guard !settings.verifiedDomains.isEmpty else { return .off("needs --verified-domain") }
      return .value(.domain(.verified))
    case .reservedDomain: return .value(.domain(.reserved))
    case .unique(.object): return .object(ids.map(ObjectTest.repeated))
    case .unique(let index): return .unique(index)
    case .present(let absent, let blank):
      return .object(ids.map { .present($0, absent: absent, blank: blank) })
    case .count(let max, let min, let primary):
      return .object(ids.map { .count($0, max: max ?? .max, min: min ?? 0, primary: primary) })
    case .size(let max, let exactly):
      return .value(.size(SizeCheck(max: max, exactly: exactly)))
    case .prefix(let require, let forbid):
      let forbidden = forbid.isEmpty ? 0 : types.mask(forbid)
      return .value(.prefix(PrefixCheck(requires: require, forbidden: forbidden)))
    case .compare(let name):
      let other: CompareCheck.Other =
        name == "primary-smtp" ? .primarySMTP : .attribute(table.need(name))
      return .value(.compare(CompareCheck(other: other)))
    case .expression(let source):
      return .object([.expression(try compile(source, options: options))])
    }
  }

  private func patternCheck(
    _ spec: PatternSpec, of rule: Rule
  ) throws(RuleError) -> PatternCheck {
    do throws(BytePatternError) {
      return try PatternCheck(spec)
    } catch {
      throw RuleError(place: rule.place, message: error.description)
    }
  }

  /// A prefilter on the bytes after the `type:` prefix; the `@` between local part and domain is
  /// no part of either.
  private mutating func addFilter(
    _ rule: Rule, _ mayFail: (UInt8) -> Bool
  ) -> CompiledRule.Filter {
    let isInner = rule.part == .local || rule.part == .domain
    let bit = byteScreens.add { byte in
      isInner && byte == 0x40 ? false : mayFail(byte)
    }
    let prefixBytes = (UInt8.min...UInt8.max).filter(AddressTypes.mayStandInPrefix) + [0x3A]
    return CompiledRule.Filter(
      bit: bit, concernsPrefix: rule.part == .value && prefixBytes.contains(where: mayFail))
  }

  /// The attributes whose values have a `type:` prefix.
  func isTyped(_ attribute: AttributeID) -> Bool {
    attribute == attributes.proxyAddresses || attribute == attributes.targetAddress
      || attribute == attributes.sipAddress
  }
}
