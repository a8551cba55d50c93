import Bytes
import Directory
import Rules
import SyncExpressions

/// A rule that could not be made ready to run.
public struct RuleError: Error, Sendable {
  /// Where the rule or its expression stands.
  public var place: SourcePlace
  /// What is wrong and what to do.
  public var message: String
}

/// The rules of a run, compiled once and shared by all workers.
public struct RuleSet: Sendable {
  /// The attributes that the rules, the scope and the reports need.
  public internal(set) var table = AttributeTable()
  /// What the user said.
  public let settings: CheckSettings
  /// The rules in the order of their ids; findings refer to them by index.
  public private(set) var rules: [Rule] = []
  /// Why objects are left out, by number.
  public internal(set) var reasons: [ScopeReason] = []
  /// What is doubtful in the rules' expressions.
  public internal(set) var warnings: [RuleError] = []
  /// Rules that cannot fire in this run, with the reason.
  public internal(set) var inactive: [(rule: String, reason: String)] = []

  let attributes: WellKnownAttributes
  let classifier: ObjectClassifier
  var compiled: [CompiledRule] = []
  var types = AddressTypes()
  var byteScreens = ByteScreens()
  /// By kind, class and pack.
  var scopes: [DirectoryKind: [ObjectClass: [CompiledScope]]] = [:]
  /// How many clauses there are in `scopes`.
  private(set) var clauseCount = 0
  var index = UniqueChecks()

  /// Compiles the rules and scopes of `packs`, of which only `rules` run.
  ///
  /// Throws when an expression of a rule or a scope does not parse or type-check.
  public init(packs: [Pack], rules: [Rule], settings: CheckSettings) throws(RuleError) {
    self.settings = settings
    attributes = WellKnownAttributes(table: &table, loginAttribute: settings.loginAttribute)
    classifier = ObjectClassifier(objectClass: attributes.objectClass)
    var options = ExpressionOptions(parameters: settings.parameters, now: settings.now)
    for pack in packs {
      for (name, value) in pack.parameters where options.parameters[name] == nil {
        options.parameters[name] = value
      }
    }
    _ = types.mask(["smtp", "sip"])
    for rule in rules.sorted(by: { $0.id < $1.id }) {
      let ready = try compile(rule, options: options)
      if case .off(let reason) = ready.check { inactive.append((rule.id, reason)) }
      compiled.append(ready)
    }
    self.rules = compiled.map(\.rule)
    addFixedReasons()
    for pack in packs { try compileScopes(of: pack, options: options) }
    index = UniqueChecks(rules: compiled)
  }

  // MARK: Expressions

  mutating func compile(
    _ source: ExpressionSource, options: ExpressionOptions
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

  static let classReason = 0
  static let managedServiceReason = 1
  static let linkedMailboxReason = 2

  private mutating func addFixedReasons() {
    reasons = [
      ScopeReason(phrase: "not a class that is synchronized", clause: nil),
      ScopeReason(phrase: "a managed service account", clause: nil),
      ScopeReason(phrase: "a linked mailbox whose master account is in no source", clause: nil),
    ]
  }

  private mutating func compileScopes(
    of pack: Pack, options: ExpressionOptions
  ) throws(RuleError) {
    for kind in DirectoryKind.allCases {
      guard let table = pack.scopes[kind] else { continue }
      for objectClass in ObjectClass.allCases {
        guard let clauses = table[objectClass] else { continue }
        var ready: [CompiledScope.Clause] = []
        for clause in clauses { ready.append(try compile(clause, options: options)) }
        scopes[kind, default: [:]][objectClass, default: []].append(CompiledScope(clauses: ready))
      }
    }
  }

  private mutating func compile(
    _ clause: ScopeClause, options: ExpressionOptions
  ) throws(RuleError) -> CompiledScope.Clause {
    let expression = try compile(clause.expression, options: options)
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
}
