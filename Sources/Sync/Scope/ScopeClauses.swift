import Directory
import SyncExpressions

/// The clauses that decide about the objects of one class in one source.
///
/// Every object goes through them, and nearly every one is passed over for want of what a clause
/// asks for; see `EntryScreen`.
package final class ScopeClauses: Sendable {
  /// What is looked at first of a clause, without references.
  struct Screen: Sendable {
    /// What an entry must show for the clause to leave it out.
    var entry: EntryScreen
    /// The attribute that alone decides, when its values are worth remembering.
    var onlyAttribute: AttributeID?
    /// The clause's number in the rule set.
    var number: Int
  }

  package let clauses: [CompiledScope.Clause]
  let screens: [Screen]
  /// By pack, where its clauses end.
  let ends: [Int]

  /// The clauses of `scopes` but those that say nothing about a source that carries `inventory`.
  init(_ scopes: [CompiledScope], inventory: AttributeInventory) {
    var ends: [Int] = []
    var clauses: [CompiledScope.Clause] = []
    for scope in scopes {
      clauses += scope.clauses.filter { !$0.isVoid(inventory) }
      ends.append(clauses.count)
    }
    self.clauses = clauses
    self.ends = ends
    screens = clauses.map { clause in
      let expression = clause.expression
      return Screen(
        entry: clause.isExclusion ? expression.trueOnlyIf : expression.falseOnlyIf,
        onlyAttribute: expression.onlyAttribute, number: clause.number)
    }
  }

  /// The clauses by their numbers in the rule set.
  var clauseNumbers: [Int] { clauses.map(\.number) }
}
