/// What a rule checks: a kind and its parameters (docs/rule-format.md, "Check kinds").
///
/// Each kind has a file beside this one and a line in `CheckKind.all`.
package protocol CheckSpec: Sendable {
  /// The kind that it is of.
  var kind: CheckKind { get }
  /// What findings of the check can say in a rule's texts, beside what all findings can.
  var placeholders: Set<Template.Placeholder> { get }
  /// Why `repair` does not fit, one of those that only this kind allows; `part` is the rule's.
  func objections(to repair: RepairKind, part: ValuePart) -> [String]
}

extension CheckSpec {
  /// Nothing of its own.
  package var placeholders: Set<Template.Placeholder> { [] }
  /// None: what the kind allows fits.
  package func objections(to repair: RepairKind, part: ValuePart) -> [String] { [] }
}
