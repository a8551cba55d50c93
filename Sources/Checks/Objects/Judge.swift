import Bytes
import Directory
import Rules
import SyncExpressions

/// One worker's view of the objects: decides their class and scope and runs the checks on them.
///
/// Nothing is allocated per object. Not thread-safe: each worker has its own.
@safe
public final class Judge {
  package let ruleSet: RuleSet
  let domains: DomainCache
  package let attributes: WellKnownAttributes
  /// The entry under judgement.
  public let entry: Entry
  /// Called for an expression that could not be evaluated, with what was evaluated and the reason.
  public var evaluationFailed: (String, EvaluationError) -> Void = { _, _ in }
  /// SIDs of accounts that some source holds, for linked mailboxes; nil before they are known.
  public var masterAccounts: Set<[UInt8]>?

  private var primary: ByteView?
  private var primaryGeneration: UInt64 = 0
  /// The hashes of the entry's own unique values, reused.
  let ownHashes = HashList()
  let repetitionHash = KeyedHash()
  let scanner: ValueScanner
  let looks: ScannedValues
  private let memos: UnsafeMutablePointer<ClauseMemo>

  /// A judge of entries with the rules of `ruleSet`.
  public init(_ ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    attributes = ruleSet.attributes
    domains = DomainCache(settings: ruleSet.settings)
    entry = Entry(table: ruleSet.table)
    scanner = ValueScanner(types: ruleSet.types, prefilter: ruleSet.byteScreens)
    looks = ScannedValues(ruleSet)
    unsafe memos = .allocate(capacity: max(1, ruleSet.clauseCount))
    unsafe memos.initialize(repeating: ClauseMemo(), count: max(1, ruleSet.clauseCount))
  }

  deinit { unsafe memos.deallocate() }

  /// The class of the entry and what the scope says of it.
  public struct Decision {
    /// The class.
    public var objectClass: ObjectClass
    /// The scope's word.
    public var scope: ScopeAnswer
    /// Whether it is a linked mailbox, whose scope depends on the other sources.
    public var isLinkedMailbox = false
  }

  // MARK: Scope

  /// Decides the entry's class and scope.
  public func decide(_ checks: SourceChecks) -> Decision {
    let objectClass = ruleSet.classifier.classify(entry, in: checks.kind)
    var decision = Decision(objectClass: objectClass, scope: .included)
    guard let scope = checks.scopes[Int(objectClass.rawValue)] else {
      decision.scope = .excluded(
        objectClass == .managedServiceAccount
          ? RuleSet.managedServiceReason : RuleSet.classReason)
      return decision
    }
    decision.scope = decide(scope)
    guard decision.scope == .included, isLinkedMailbox(objectClass) else { return decision }
    decision.isLinkedMailbox = true
    if !hasMasterAccount { decision.scope = .excluded(RuleSet.linkedMailboxReason) }
    return decision
  }

  /// In scope when one of the packs says so; else the first pack's reason.
  @inline(__always)
  func decide(_ scope: ScopeClauses) -> ScopeAnswer {
    var first: ScopeAnswer?
    var start = 0
    for pack in scope.ends.indices {
      let end = scope.ends[pack]
      let decision = decide(scope, start..<end)
      if decision == .included { return .included }
      if first == nil { first = decision }
      start = end
    }
    return first ?? .included
  }

  @inline(__always)
  private func decide(_ scope: ScopeClauses, _ clauses: Range<Int>) -> ScopeAnswer {
    for index in clauses {
      let screen = scope.screens[index]
      if screen.entry.stops(entry), excludes(scope.clauses[index], screen) {
        return .excluded(scope.clauses[index].reason)
      }
    }
    return .included
  }

  /// Whether the clause leaves the entry out; one that cannot be evaluated leaves nobody out.
  private func excludes(_ clause: CompiledScope.Clause, _ screen: ScopeClauses.Screen) -> Bool {
    var only: ByteView?
    if let attribute = screen.onlyAttribute, entry.count(attribute) == 1 {
      only = entry.first(attribute)
    }
    let memo = unsafe memos + screen.number
    if let only, let known = unsafe memo.pointee.outcome(only) {
      return known == clause.isExclusion
    }
    do throws(EvaluationError) {
      let isTrue = try clause.expression.isTrue(entry)
      if let only { unsafe memo.pointee.remember(only, isTrue) }
      return isTrue == clause.isExclusion
    } catch {
      evaluationFailed("scope clause \"\(ruleSet.reasons[clause.reason].phrase)\"", error)
      return false
    }
  }

  /// Type 2 of msExchRecipientTypeDetails waits for the account that logs on to it.
  private func isLinkedMailbox(_ objectClass: ObjectClass) -> Bool {
    guard objectClass == .user || objectClass == .inetOrgPerson,
      let type = entry.first(attributes.recipientTypeDetails)
    else { return false }
    return type.count == 1 && type[0] == 0x32
  }

  /// The SID of the account that the entry, a linked mailbox, waits for.
  public var masterAccountSID: [UInt8]? { entry.first(attributes.masterAccountSid)?.array }

  private var hasMasterAccount: Bool {
    guard let masterAccounts, let sid = entry.first(attributes.masterAccountSid) else {
      return false
    }
    return masterAccounts.contains(sid.array)
  }

  // MARK: Checks

  /// Runs every check that needs no other object; `report` gets rule, attribute and value number.
  ///
  /// The value number is -1 when the finding is about no value.
  @inline(__always)
  public func check(
    _ checks: SourceChecks, _ decision: Decision, _ report: (Int, AttributeID, Int) -> Void
  ) {
    let isIncluded = decision.scope == .included
    let number = Int(decision.objectClass.rawValue) * 2 + (isIncluded ? 1 : 0)
    checkValues(checks.objectChecks[number], report)
    checkObject(checks.objectChecks[number], report)
  }

  @inline(__always)
  private func checkValues(_ checks: ObjectChecks, _ report: (Int, AttributeID, Int) -> Void) {
    entry.forEachPresent { attribute in
      let number = checks.number(of: attribute)
      guard number >= 0 else { return }
      var ordinal = 0
      forEachScanned(attribute) { _, value in
        if !checks.passes(value, number, self) {
          check(value, ordinal, checks.attributes[number], report)
        }
        ordinal &+= 1
      }
    }
    if let name = checks.nameChecks {
      let value = split(entry.dn, isTyped: false)
      check(value, 0, checks.attributes[name], report)
    }
  }

  @inline(never)
  private func check(
    _ value: ScannedValue, _ ordinal: Int, _ checks: AttributeChecks,
    _ report: (Int, AttributeID, Int) -> Void
  ) {
    for check in checks.checks {
      if check.filterBit != 0, value.suspects & check.filterBit == 0 { continue }
      if check.typeMask & value.typeBit == 0 { continue }
      guard check.check.fires(value, self) else { continue }
      if holds(ruleSet.compiled[check.rule]) { report(check.rule, checks.attribute, ordinal) }
    }
  }

  func split(_ bytes: ByteView, isTyped: Bool) -> ScannedValue {
    scanner.look(bytes, isTyped: isTyped)
  }

  /// Whether the rule's `when` lets it look at the entry.
  func holds(_ rule: CompiledRule) -> Bool {
    guard let when = rule.when else { return true }
    do throws(EvaluationError) {
      return try when.isTrue(entry)
    } catch {
      evaluationFailed("\"when\" of \(rule.rule.id)", error)
      return false
    }
  }

  @inline(__always)
  private func checkObject(_ checks: ObjectChecks, _ report: (Int, AttributeID, Int) -> Void) {
    for index in checks.objects.indices where !checks.passes(index, self) {
      let rule = checks.objects[index].rule
      checks.objects[index].check.check(self) { attribute, ordinal in
        if holds(ruleSet.compiled[rule]) { report(rule, attribute, ordinal) }
      }
    }
  }

  // MARK: Values that several checks ask for

  /// The body of the primary SMTP address, or nil.
  package var primarySMTP: ByteView? {
    if primaryGeneration != entry.generation {
      primaryGeneration = entry.generation
      primary = findPrimary()
    }
    return primary
  }

  private func findPrimary() -> ByteView? {
    var found: ByteView?
    forEachScanned(attributes.proxyAddresses) { _, value in
      guard found == nil, value.typeBit == AddressTypes.smtpBit, value.isPrimary,
        !value.body.isEmpty
      else { return }
      found = value.body
    }
    return found
  }

  func value(of other: CompareCheck.Other) -> ByteView? {
    switch other {
    case .attribute(let attribute): entry.first(attribute).flatMap { $0.isEmpty ? nil : $0 }
    case .primarySMTP: primarySMTP
    }
  }

  /// Whether two texts are the same without case and outer white space.
  func isSameText(_ left: ByteView, _ right: ByteView) -> Bool {
    let left = left.trimmed
    let right = right.trimmed
    if left.equalsIgnoringASCIICase(right) { return true }
    guard left.hasNonASCII || right.hasNonASCII else { return false }
    return UnicodeText.foldCase(left, into: entry.arena)
      == UnicodeText.foldCase(right, into: entry.arena)
  }
}
