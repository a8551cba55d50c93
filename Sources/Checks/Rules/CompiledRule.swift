import Directory
import Findings
import Rules
import SyncExpressions

/// A rule ready to run; a class, because every finding looks at its rule.
final class CompiledRule: Sendable {
  /// The attribute number that means the DN.
  static let dnAttribute = AttributeID(index: .max)

  let rule: Rule
  /// In the rule's order; `dnAttribute` for `dn`.
  let attributes: [AttributeID]
  let typeMask: UInt32
  let check: CompiledCheck
  let when: Expression?
  /// Where a finding is less bad: the first whose condition holds.
  let lowered: [Lowered]
  let needs: [AttributeID]
  /// What the cloud does: the first sentence that is about the object.
  let cloud: [Cloud]

  /// Whether it looks at a value with the white space at its ends that Connect takes off.
  var seesRaw: Bool { rule.part == .raw || !rule.isTrimmed }

  init(
    rule: Rule, attributes: [AttributeID], typeMask: UInt32, check: CompiledCheck,
    when: Expression?, lowered: [Lowered], needs: [AttributeID], cloud: [Cloud]
  ) {
    self.rule = rule
    self.attributes = attributes
    self.typeMask = typeMask
    self.check = check
    self.when = when
    self.lowered = lowered
    self.needs = needs
    self.cloud = cloud
  }

  /// A sentence about what the cloud does, and for which objects it holds.
  struct Cloud: Sendable {
    var objects: ObjectClassSet
    var when: Expression?
    var text: Template
  }

  /// A severity and where it applies.
  struct Lowered: Sendable {
    var when: Expression
    var severity: Severity
  }
}
