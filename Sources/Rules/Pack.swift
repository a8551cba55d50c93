/// One clause of a pack's scope.
public struct ScopeClause: Sendable {
  /// Whether objects for which it is True are left out; else objects for which it is not True are.
  public var isExclusion: Bool
  /// The condition.
  public var expression: ExpressionSource
  /// Why an object is left out by it, as a phrase.
  public var reason: String
  /// Attributes: in a source that carries none of them the clause is void.
  public var needs: [String]

  /// A clause with all its parts.
  public init(isExclusion: Bool, expression: ExpressionSource, reason: String, needs: [String]) {
    self.isExclusion = isExclusion
    self.expression = expression
    self.reason = reason
    self.needs = needs
  }
}

/// The clauses per object class for one kind of source; a class without an entry is out of scope.
public typealias ScopeTable = [ObjectClass: [ScopeClause]]

/// A pack: its rules, scope and parameters, with what it extends already merged in.
public struct Pack: Sendable {
  /// The name; that of its folder.
  public var name: String
  /// What it is for, on one line.
  public var title: String
  /// The version of the pack.
  public var version: String
  /// What a report's reader should know.
  public var notes: String?
  /// The values of `%Name%` in expressions, by name.
  public var parameters: [String: String]
  /// Which objects would be synchronized, by the kind of source.
  public var scopes: [DirectoryKind: ScopeTable]
  /// Whether its rules judge values as Entra Connect's default rules trim them.
  public var trims = false
  /// Sorted by id.
  public var rules: [Rule]

  /// A pack with all its parts.
  public init(
    name: String, title: String, version: String, notes: String?, parameters: [String: String],
    scopes: [DirectoryKind: ScopeTable], rules: [Rule]
  ) {
    self.name = name
    self.title = title
    self.version = version
    self.notes = notes
    self.parameters = parameters
    self.scopes = scopes
    self.rules = rules
  }
}
