import Bytes
import Directory
import Findings
import Rules
import Sync
import SyncExpressions

/// One worker's evaluation of the rules of a run: runs the checks on the object in its view.
///
/// Nothing is allocated per object. Not thread-safe: each worker has its own.
public final class RuleEvaluator {
  /// The rules.
  package let ruleSet: RuleSet
  /// What is known of the object.
  public let view: ObjectView
  /// The object's entry.
  public var entry: Entry { view.entry }
  /// The attributes that the engine itself looks at.
  package var attributes: WellKnownAttributes { view.attributes }

  /// The hashes of the entry's own unique values, reused.
  let ownHashes = HashList()
  let repetitionHash = KeyedHash()
  /// What `when` and `lowered` say of the entry, by rule. An object may have thousands of findings of
  /// one rule, and its expression may look at thousands of values.
  private var conditions = EntryMemo<Bool>()
  var severities = EntryMemo<Severity>()
  /// What the entry of that generation is to its source, while it is repaired.
  var judged: (generation: UInt64, judgement: Judgement?) = (0, nil)
  /// What is not repaired, as far as it has been asked for.
  var guarded = RepairGuard.Memory()

  /// An evaluation of `ruleSet`; `masterAccounts` are the SIDs of accounts that some source holds, nil
  /// before they are known.
  public init(_ ruleSet: RuleSet, masterAccounts: Set<[UInt8]>? = nil) {
    self.ruleSet = ruleSet
    view = ObjectView(ruleSet.sync, masterAccounts: masterAccounts)
  }

  /// Runs every check that needs no other object; `report` gets what fires.
  @inline(__always)
  public func check(
    _ checks: SourceChecks, _ judgement: Judgement, _ report: (Hit) -> Void
  ) {
    if let members = checks.scope.members, isLeftOut(members) { return }
    let isIncluded = judgement.scope == .included
    let number = Int(judgement.objectClass.rawValue) * 2 + (isIncluded ? 1 : 0)
    checkValues(checks.objectChecks[number], report)
    checkObject(checks.objectChecks[number], report)
  }

  /// Whether the object is none of `members`, so that no rule sees it: Connect's group filter comes before
  /// the scope, and what the scope leaves out is left out of the members.
  @inline(never)
  private func isLeftOut(_ members: DirectMembers) -> Bool {
    !ruleSet.settings.lintsAllObjects && view.number(in: members) == nil
  }

  @inline(__always)
  private func checkValues(_ checks: ObjectChecks, _ report: (Hit) -> Void) {
    let view = view
    view.entry.forEachPresent { attribute in
      let number = checks.number(of: attribute)
      guard number >= 0 else { return }
      var ordinal = 0
      view.forEachScanned(attribute) { _, value in
        if !checks.passes(value, number, view) {
          check(value, ordinal, checks.attributes[number], report)
        }
        ordinal &+= 1
      }
    }
    if let name = checks.nameChecks {
      check(view.scan(entry.dn), 0, checks.attributes[name], report)
    }
  }

  @inline(never)
  private func check(
    _ value: ScannedValue, _ ordinal: Int, _ checks: AttributeChecks,
    _ report: (Hit) -> Void
  ) {
    let raw =
      value.traits.contains(.trimmed)
      ? entry.value(checks.attribute, ordinal).map { view.scanRaw($0, of: checks.attribute) } : nil
    for check in checks.checks {
      let value = check.seesRaw ? raw ?? value : value
      if check.filterBit != 0, value.suspects & check.filterBit == 0 { continue }
      if check.typeMask & value.typeBit == 0 { continue }
      guard check.check.fires(value, view), holds(check.rule) else { continue }
      report(Hit(rule: check.rule, attribute: checks.attribute, ordinal: ordinal))
    }
  }

  /// Whether the `when` of rule number `number` lets it look at the entry.
  func holds(_ number: Int) -> Bool {
    guard let when = ruleSet.compiled[number].when else { return true }
    if let known = conditions.value(number, entry) { return known }
    var holds = false
    do throws(EvaluationError) {
      holds = try when.isTrue(entry)
    } catch {
      view.evaluationFailed("\"when\" of \(ruleSet.compiled[number].rule.nameWithPack)", error)
    }
    conditions.keep(holds, number, of: ruleSet.compiled.count, entry)
    return holds
  }

  @inline(never)
  private func checkObject(_ checks: ObjectChecks, _ report: (Hit) -> Void) {
    let view = view
    for index in checks.objects.indices where !checks.passes(index, view) {
      let rule = checks.objects[index].rule
      checks.objects[index].check.check(self) { attribute, ordinal in
        if holds(rule) {
          report(Hit(rule: rule, attribute: attribute, ordinal: ordinal))
        }
      }
    }
  }
}
