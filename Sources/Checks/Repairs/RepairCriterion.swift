import Findings

/// What a repair may cause: the one place that says it.
///
/// The finding that asks for a repair disappears with it. Something new may come on the same object
/// alone, and only where it weighs less than what is repaired; never that the object is refused, that
/// a person signs in under another name or that an address is lost. What the user has ordered may
/// cause what is a risk or untidy, however little it repairs.
package enum RepairCriterion {
  /// Whether a repair of something with the consequence `repaired` may cause something with the
  /// consequence `new` on the same object.
  package static func allows(
    _ new: Consequence, repairing repaired: Consequence?, isOrdered: Bool
  ) -> Bool {
    guard new < .address else { return false }
    if let repaired, new < repaired { return true }
    return isOrdered && new <= .risk
  }
}

extension RuleSet {
  /// The consequence of what rule number `rule` finds; a risk where it does not say.
  package func consequence(of rule: Int) -> Consequence { rules[rule].consequence ?? .risk }
}
