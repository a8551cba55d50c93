import Rules

/// What the scope of the run's packs says about the objects of one source.
public final class SourceScope: Sendable {
  /// The kind of directory.
  public let kind: DirectoryKind
  /// By class; nil for a class that is not synchronized.
  package let clauses: [ScopeClauses?]
  /// Those that a group filter lets through; nil where there is none.
  public let members: DirectMembers?

  /// The scope of a source of `kind` that carries `inventory` and of which only `members` are
  /// synchronized.
  public init(
    _ sync: SyncModel, kind: DirectoryKind, inventory: AttributeInventory,
    members: DirectMembers? = nil
  ) {
    self.kind = kind
    self.members = members
    clauses = ObjectClass.allCases.map { objectClass in
      sync.scopes[kind]?[objectClass].map { ScopeClauses($0, inventory: inventory) }
    }
  }

  /// Whether `other` leaves the same clauses out.
  public func decidesTheSame(as other: SourceScope) -> Bool {
    clauses.map(\.?.clauseNumbers) == other.clauses.map(\.?.clauseNumbers)
  }
}
