import Directory
import RulePacks

/// What is checked in one source: the rules that fit its kind and what it carries.
public struct SourcePlan: Sendable {
  /// The kind of directory.
  public let kind: DirectoryKind
  /// What the source was taken to carry when the plan was made.
  public let inventory: AttributeInventory
  /// Rules that cannot be judged in this source, with the attributes that it lacks.
  public let notChecked: [(rule: String, missing: [String])]

  /// By class and by whether the object is in scope.
  let objectPlans: [ObjectPlan]
  /// By class; nil for a class that is not synchronized.
  let scopes: [[CompiledScope]?]
  /// By class and pack, the clauses that say nothing here.
  let voidClauses: [[[Bool]]]
  /// By rule, whether it cannot be judged here.
  let isOff: [Bool]

  /// The plan for a source of `kind` that carries `inventory`.
  public init(_ ruleSet: RuleSet, kind: DirectoryKind, inventory: AttributeInventory) {
    self.kind = kind
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
    var plans: [ObjectPlan] = []
    for objectClass in ObjectClass.allCases {
      for isIncluded in [false, true] {
        plans.append(
          Self.plan(ruleSet, kind, objectClass, isIncluded: isIncluded, isOff: isOff))
      }
    }
    objectPlans = plans
    scopes = ObjectClass.allCases.map { ruleSet.scopes[kind]?[$0] }
    voidClauses = scopes.map { packs in (packs ?? []).map { $0.voidClauses(inventory) } }
  }

  /// Whether `other` leaves the same rules and clauses out.
  public func checksTheSame(as other: SourcePlan) -> Bool {
    isOff == other.isOff && voidClauses == other.voidClauses
  }

  /// What `rule` needs and the source does not carry.
  private static func missing(
    _ rule: CompiledRule, _ inventory: AttributeInventory
  ) -> [AttributeID] {
    var needs = rule.needs
    if case .object(let tests) = rule.test {
      for case .present(let attribute, absent: true, blank: _) in tests { needs.append(attribute) }
    }
    return needs.filter { !inventory.contains($0) }
  }

  private static func plan(
    _ ruleSet: RuleSet, _ kind: DirectoryKind, _ objectClass: ObjectClass, isIncluded: Bool,
    isOff: [Bool]
  ) -> ObjectPlan {
    var plan = ObjectPlan()
    var checks: [(attribute: AttributeID, checks: [PlannedCheck])] = []
    for number in ruleSet.compiled.indices where !isOff[number] {
      // A rule is large: it is copied only when it is to be checked.
      guard ruleSet.compiled[number].rule.objects.contains(objectClass) else { continue }
      let rule = ruleSet.compiled[number]
      guard rule.rule.directory == nil || rule.rule.directory == kind,
        rule.rule.scope.looksAt(isIncluded: isIncluded || ruleSet.settings.lintsAllObjects)
      else { continue }
      switch rule.test {
      case .value(let test):
        for attribute in rule.attributes {
          let check = Self.check(ruleSet, number, rule, test, attribute)
          if let index = checks.firstIndex(where: { $0.attribute == attribute }) {
            checks[index].checks.append(check)
          } else {
            checks.append((attribute, [check]))
          }
        }
      case .object(let tests):
        for test in tests { plan.objectTests.append((number, test)) }
      case .unique, .off: break
      }
    }
    plan.attributes = checks.map { attribute, checks in
      AttributePlan(attribute: attribute, isTyped: ruleSet.isTyped(attribute), checks: checks)
    }
    return plan
  }

  private static func check(
    _ ruleSet: RuleSet, _ number: Int, _ rule: CompiledRule, _ test: ValueTest,
    _ attribute: AttributeID
  ) -> PlannedCheck {
    let isTyped = ruleSet.isTyped(attribute)
    // A check of a whole typed value sees the prefix as well, which the filter does not.
    let seesPrefix = isTyped && rule.rule.part == .value
    return PlannedCheck(
      rule: number, typeMask: isTyped ? rule.typeMask : .max,
      prefilter: seesPrefix ? 0 : rule.prefilter, part: rule.rule.part, test: test)
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
