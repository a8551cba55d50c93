import Directory
import Rules
import Sync

/// What is checked in one source: the rules that fit its kind and what it carries.
public final class SourceChecks: Sendable {
  /// What the scope says of the source's objects.
  public let scope: SourceScope
  /// The kind of directory.
  public var kind: DirectoryKind { scope.kind }
  /// What the source was taken to carry when the checks were chosen.
  public let inventory: AttributeInventory
  /// Rules that cannot be judged in this source, with the attributes that it lacks.
  public let notChecked: [(rule: String, missing: [String])]

  /// By class and by whether the object is in scope.
  let objectChecks: [ObjectChecks]
  /// By rule, whether it cannot be judged here.
  let isOff: [Bool]

  /// The checks for a source of `kind` that carries `inventory` and of which only `members` are
  /// synchronized.
  public init(
    _ ruleSet: RuleSet, kind: DirectoryKind, inventory: AttributeInventory,
    members: DirectMembers? = nil
  ) {
    scope = SourceScope(ruleSet.sync, kind: kind, inventory: inventory, members: members)
    self.inventory = inventory
    var notChecked: [(rule: String, missing: [String])] = []
    var isOff: [Bool] = []
    for rule in ruleSet.compiled {
      let missing = Self.missing(rule, inventory)
      isOff.append(!missing.isEmpty)
      if !missing.isEmpty, rule.rule.directory == nil || rule.rule.directory == kind {
        notChecked.append((rule.rule.id, missing.map(ruleSet.table.name)))
      }
    }
    self.notChecked = notChecked
    self.isOff = isOff
    var all: [ObjectChecks] = []
    for objectClass in ObjectClass.allCases {
      for isIncluded in [false, true] {
        all.append(
          Self.checks(ruleSet, kind, objectClass, isIncluded: isIncluded, isOff: isOff))
      }
    }
    objectChecks = all
  }

  /// Whether `other` leaves the same rules and clauses out.
  public func checksTheSame(as other: SourceChecks) -> Bool {
    isOff == other.isOff && scope.decidesTheSame(as: other.scope)
  }

  /// What `rule` needs and the source does not carry.
  private static func missing(
    _ rule: CompiledRule, _ inventory: AttributeInventory
  ) -> [AttributeID] {
    var needs = rule.needs
    if case .object(let checks) = rule.check { needs += checks.flatMap(\.needs) }
    return needs.filter { !inventory.contains($0) }
  }

  private static func checks(
    _ ruleSet: RuleSet, _ kind: DirectoryKind, _ objectClass: ObjectClass, isIncluded: Bool,
    isOff: [Bool]
  ) -> ObjectChecks {
    var checks: [(attribute: AttributeID, checks: [AttributeCheck])] = []
    var objects: [(rule: Int, check: any ObjectCheck)] = []
    for (number, rule) in ruleSet.compiled.enumerated() where !isOff[number] {
      guard rule.rule.objects.contains(objectClass),
        rule.rule.directory == nil || rule.rule.directory == kind,
        rule.rule.scope.looksAt(isIncluded: isIncluded || ruleSet.settings.lintsAllObjects)
      else { continue }
      switch rule.check {
      case .value(let value):
        for attribute in rule.attributes {
          let check = check(
            number, rule, value, isTyped: ruleSet.sync.attributes.isTyped(attribute))
          if let index = checks.firstIndex(where: { $0.attribute == attribute }) {
            checks[index].checks.append(check)
          } else {
            checks.append((attribute, [check]))
          }
        }
      case .object(let checks):
        for check in checks { objects.append((number, check)) }
      case .unique, .off: break
      }
    }
    let attributes = checks.map { attribute, checks in
      AttributeChecks(
        attribute: attribute, isTyped: ruleSet.sync.attributes.isTyped(attribute), checks: checks)
    }
    return ObjectChecks(attributes: attributes, objects: objects, ruleSet: ruleSet)
  }

  private static func check(
    _ number: Int, _ rule: CompiledRule, _ check: any ValueCheck, isTyped: Bool
  ) -> AttributeCheck {
    let seesPrefix = isTyped && check.filter.concernsPrefix
    return AttributeCheck(
      rule: number, typeMask: isTyped ? rule.typeMask : .max,
      filterBit: seesPrefix ? 0 : check.filter.bit, seesPrefix: seesPrefix, seesRaw: rule.seesRaw,
      check: check)
  }
}

extension RuleScope {
  /// Whether a rule with this scope looks at an object that is in scope or not.
  func looksAt(isIncluded: Bool) -> Bool {
    switch self {
    case .included: isIncluded
    case .excluded: !isIncluded
    case .any: true
    }
  }
}
