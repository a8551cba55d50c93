import Directory
import Rules
import SyncExpressions

/// A check of one value, ready to run.
enum ValueTest: Sendable {
  case length(LengthCheck)
  case characters(CharactersCheck)
  case pattern(PatternCheck)
  case address(AddressCheck)
  case domain(DomainCheck)
  case size(SizeCheck)
  case prefix(PrefixCheck)
  case compare(CompareCheck)
}

/// A check of an object as a whole, ready to run.
enum ObjectTest: Sendable {
  case present(AttributeID, absent: Bool, blank: Bool)
  case count(AttributeID, max: Int, min: Int, primary: Bool)
  case expression(Expression)
  /// The same value twice in one attribute.
  case repeated(AttributeID)
}

/// What a rule looks at.
enum RuleTest: Sendable {
  case value(ValueTest)
  case object([ObjectTest])
  case unique(UniqueIndex)
  /// Cannot fire in this run (`verified-domain` without verified domains).
  case off(String)
}

/// A rule ready to run; a class, because every finding looks at its rule.
final class CompiledRule: Sendable {
  /// The attribute number that means the DN.
  static let dnAttribute = AttributeID(index: .max)

  let rule: Rule
  /// In the rule's order; `dnAttribute` for `dn`.
  let attributes: [AttributeID]
  let typeMask: UInt32
  let test: RuleTest
  let when: Expression?
  let needs: [AttributeID]
  /// The test need not look unless a value's `suspects` has this bit; 0 when it always must.
  let prefilter: UInt64
  /// Whether a `type:` prefix by itself could be at fault, which the prefilter does not see.
  let concernsPrefix: Bool

  init(
    rule: Rule, attributes: [AttributeID], typeMask: UInt32, test: RuleTest, when: Expression?,
    needs: [AttributeID], filter: Filter
  ) {
    self.rule = rule
    self.attributes = attributes
    self.typeMask = typeMask
    self.test = test
    self.when = when
    self.needs = needs
    prefilter = filter.bit
    concernsPrefix = filter.concernsPrefix
  }

  /// What tells that the test need not look.
  struct Filter {
    var bit: UInt64 = 0
    var concernsPrefix = false
  }
}

/// The checks of one attribute's values, for one class of objects.
final class AttributeChecks: Sendable {
  let attribute: AttributeID
  /// Whether values have a `type:` prefix.
  let isTyped: Bool
  let checks: [AttributeCheck]

  init(attribute: AttributeID, isTyped: Bool, checks: [AttributeCheck]) {
    self.attribute = attribute
    self.isTyped = isTyped
    self.checks = checks
  }
}

/// One check of a value with what decides quickly that it does not apply.
struct AttributeCheck: Sendable {
  var rule: Int
  var typeMask: UInt32
  var prefilter: UInt64
  /// Whether it looks at a `type:` prefix that could be at fault.
  var seesPrefix = false
  var part: ValuePart
  var test: ValueTest
}
