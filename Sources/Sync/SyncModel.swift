import Bytes
import Directory
import Rules
import SyncExpressions

/// What Entra Connect does with the objects of a run, as the run's packs and the user say.
public struct SyncModel: Sendable {
  /// What the user said about the tenant.
  public let tenant: TenantSettings
  /// The attributes that anything in the run looks at.
  public package(set) var table = AttributeTable()
  /// The attributes that the engine itself looks at.
  public let attributes: WellKnownAttributes
  /// The types of addresses that rules name.
  public package(set) var types = AddressTypes()
  /// What is asked of the bytes of each value.
  public package(set) var byteScreens = ByteScreens()
  /// Why objects are left out, by number.
  public private(set) var reasons: [ScopeReason]
  /// What is doubtful in the expressions.
  public private(set) var warnings: [RuleError] = []
  /// Whether values arrive without white space at their ends where Connect's default rules trim them.
  package var trims = false
  /// How many clauses there are in `scopes`.
  package private(set) var clauseCount = 0

  /// What keeps a user name from being taken over, among its bytes.
  package let signInScreen: UInt64
  /// What must be known of the suffix of a user name that is taken over.
  package let wantedSuffix: DomainFacts
  package let classifier: ObjectClassifier
  /// By kind, class and pack.
  private(set) var scopes: [DirectoryKind: [ObjectClass: [CompiledScope]]] = [:]
  private let options: ExpressionOptions

  static let classReason = 0
  static let managedServiceReason = 1
  static let linkedMailboxReason = 2
  package static let deletedReason = 3
  /// The reason of what a group that filters leaves out.
  package static let syncGroupReason = 4

  /// The model of a tenant, without a scope; `options` are those of all expressions.
  public init(tenant: TenantSettings, options: ExpressionOptions) {
    self.tenant = tenant
    self.options = options
    attributes = WellKnownAttributes(table: &table, loginAttribute: tenant.loginAttribute)
    classifier = ObjectClassifier(objectClass: attributes.objectClass)
    signInScreen = byteScreens.add { $0 != 0x40 && !SignInName.isAllowed($0) }
    wantedSuffix =
      tenant.verifiedDomains.isEmpty
      ? [.isRoutable, .isWellFormed] : [.isRoutable, .isWellFormed, .isVerified]
    reasons = [
      ScopeReason(phrase: "not a class that is synchronized", clause: nil),
      ScopeReason(phrase: "a managed service account", clause: nil),
      ScopeReason(phrase: "a linked mailbox whose master account is in no source", clause: nil),
      ScopeReason(phrase: "a deleted object", clause: nil),
      ScopeReason(phrase: "no direct member of --sync-group", clause: nil),
    ]
    _ = types.mask(["smtp", "sip"])
  }

  // MARK: Values

  /// How the values of `attribute` are read.
  func form(_ attribute: AttributeID) -> ValueScanner.Form {
    // The DN has no attribute of its own.
    guard Int(attribute.index) < table.count else { return [] }
    var form: ValueScanner.Form = attributes.isTyped(attribute) ? .typed : []
    if trims, Schema.find(table.name(attribute))?.traits.contains(.trimmed) ?? false {
      form.insert(.trimmed)
    }
    return form
  }

  // MARK: Expressions

  /// Makes an expression of a rule ready to be evaluated: with an alternate login ID,
  /// `[userPrincipalName]` is that. Throws when it does not parse or type-check.
  public mutating func compile(_ source: ExpressionSource) throws(RuleError) -> Expression {
    var options = options
    options.loginAttribute = tenant.loginAttribute
    return try compile(source, options)
  }

  private mutating func compile(
    _ source: ExpressionSource, _ options: ExpressionOptions
  ) throws(RuleError) -> Expression {
    do throws(ExpressionError) {
      let expression = try Expression.compile(source.text, table: &table, options: options)
      for warning in expression.warnings {
        let place = Self.place(source.place, line: warning.line, column: warning.column)
        warnings.append(RuleError(place: place, message: warning.message))
      }
      return expression
    } catch {
      let place = Self.place(source.place, line: error.line, column: error.column)
      throw RuleError(place: place, message: error.message)
    }
  }

  /// A place inside an expression as a place in its file.
  private static func place(_ start: SourcePlace, line: Int, column: Int) -> SourcePlace {
    SourcePlace(
      file: start.file, line: start.line + line - 1,
      column: line == 1 ? start.column + column - 1 : column)
  }

  // MARK: Scope

  /// Adds the scope of `pack`: an object is in scope when one of the packs says so. Throws when a
  /// clause does not parse or type-check.
  public mutating func addScope(of pack: Pack) throws(RuleError) {
    for kind in DirectoryKind.allCases {
      guard let table = pack.scopes[kind] else { continue }
      for objectClass in ObjectClass.allCases {
        guard let clauses = table[objectClass] else { continue }
        var ready: [CompiledScope.Clause] = []
        for clause in clauses { ready.append(try compile(clause)) }
        scopes[kind, default: [:]][objectClass, default: []].append(CompiledScope(clauses: ready))
      }
    }
  }

  private mutating func compile(_ clause: ScopeClause) throws(RuleError) -> CompiledScope.Clause {
    let expression = try compile(clause.expression, options)
    let reason =
      reasons.firstIndex {
        $0.phrase == clause.reason && $0.clause == clause.expression.text
      } ?? reasons.count
    if reason == reasons.count {
      reasons.append(ScopeReason(phrase: clause.reason, clause: clause.expression.text))
    }
    var needs: [AttributeID] = []
    for name in clause.needs { needs.append(table.need(name)) }
    clauseCount += 1
    return CompiledScope.Clause(
      number: clauseCount - 1, isExclusion: clause.isExclusion, expression: expression,
      needs: needs, reason: reason)
  }

  /// Those of `names` that the scope of directories of `kind` reads, in the order of the table.
  public func scopeReads(_ names: [String], kind: DirectoryKind) -> [String] {
    let clauses = (scopes[kind] ?? [:]).values.flatMap { $0.flatMap(\.clauses) }
    let read = Set(clauses.flatMap(\.expression.attributes))
    return names.compactMap(table.find).filter(read.contains).sorted().map(table.name)
  }
}
