import Directory
import Rules
import Sync
import SyncExpressions

/// The rules of a run, compiled once and shared by all workers.
public struct RuleSet: Sendable {
  /// What Connect does, as the packs and the user say.
  public internal(set) var sync: SyncModel
  /// What the user said.
  public let settings: CheckSettings
  /// The rules in the order of their ids; findings refer to them by index.
  public private(set) var rules: [Rule] = []
  /// Rules that cannot fire in this run, with the reason.
  public internal(set) var inactive: [(rule: String, reason: String)] = []

  /// By rule, those of the run that leave it nothing to say where they fire; empty when no rule
  /// comes after another.
  @usableFromInline package private(set) var silencers: [[Int]] = []
  /// Whether some rule comes after another.
  package var hasSilencers: Bool { !silencers.isEmpty }
  /// Whether some rule's findings are less bad on some objects.
  package private(set) var hasLowered = false

  /// The attributes that rules, scope and reports read: what is to be asked of a directory.
  public private(set) var read: [String] = []

  var compiled: [CompiledRule] = []
  var unique = UniqueChecks()

  /// The attributes that the rules, the scope and the reports need.
  public var table: AttributeTable { sync.table }
  /// Why objects are left out, by number.
  public var reasons: [ScopeReason] { sync.reasons }
  /// What is doubtful in the rules' expressions.
  public var warnings: [RuleError] { sync.warnings }

  /// Compiles the rules and scopes of `packs`, of which only `rules` run.
  ///
  /// Throws when an expression of a rule or a scope does not parse or type-check.
  public init(packs: [Pack], rules: [Rule], settings: CheckSettings) throws(RuleError) {
    self.settings = settings
    var options = ExpressionOptions(parameters: settings.parameters, now: settings.now)
    for pack in packs {
      for (name, value) in pack.parameters where options.parameters[name] == nil {
        options.parameters[name] = value
      }
    }
    sync = SyncModel(tenant: settings.tenant, options: options)
    sync.trims = rules.contains(where: \.isTrimmed)
    for rule in rules.sorted(by: { $0.id < $1.id }) {
      let ready = try compile(rule)
      if case .off(let reason) = ready.check { inactive.append((rule.id, reason)) }
      compiled.append(ready)
    }
    guard compiled.count <= FindingRecord.maximumRules else {
      throw RuleError(
        place: compiled[FindingRecord.maximumRules].rule.place,
        message: "a run has at most \(FindingRecord.maximumRules) rules")
    }
    self.rules = compiled.map(\.rule)
    hasLowered = compiled.contains { !$0.lowered.isEmpty }
    silencers = findSilencers()
    for pack in packs { try sync.addScope(of: pack) }
    unique = UniqueChecks(rules: compiled)
    read = table.names
    for name in settings.noticed { _ = sync.table.need(name, .count) }
    for name in settings.alsoRead { _ = sync.table.need(name, .values) }
  }

  /// Rules that were not chosen did not run and silence nobody.
  private func findSilencers() -> [[Int]] {
    guard compiled.contains(where: { !$0.rule.after.isEmpty }) else { return [] }
    var numbers: [String: Int] = [:]
    for (number, rule) in compiled.enumerated() { numbers[rule.rule.id] = number }
    return compiled.map { rule in rule.rule.after.compactMap { numbers[$0.id] } }
  }

  /// Whether there are rules that leave rule number `rule` nothing to say.
  @inlinable package func mayBeSilent(_ rule: Int) -> Bool {
    !silencers.isEmpty && !silencers[rule].isEmpty
  }

  /// Whether rule number `rule` has nothing to say of a value on which rule number `other` fires.
  @inlinable package func isSilent(_ rule: Int, beside other: Int) -> Bool {
    mayBeSilent(rule) && silencers[rule].contains(other)
  }

  /// Whether rule number `rule` has nothing to say of a value on which `others` fire.
  package func isSilent(_ rule: Int, beside others: some Sequence<Int>) -> Bool {
    guard !silencers.isEmpty, !silencers[rule].isEmpty else { return false }
    return others.contains(where: silencers[rule].contains)
  }
}
