import Directory
import SyncExpressions

/// The clauses of one class in one kind of directory, compiled.
package struct CompiledScope: Sendable {
  package struct Clause: Sendable {
    /// Among all clauses of the rule set.
    var number: Int
    package var isExclusion: Bool
    package var expression: Expression
    var needs: [AttributeID]
    package var reason: Int

    /// Whether it says nothing about a source that carries `inventory`.
    func isVoid(_ inventory: AttributeInventory) -> Bool {
      !needs.isEmpty && !needs.contains(where: inventory.contains)
    }
  }

  package var clauses: [Clause]
}
