import Bytes
import Directory
import Rules
import SyncExpressions

/// What is known of one object: its entry, what was seen of its values, the domains in them, and
/// what Connect does with it. One object follows the other in the same view.
///
/// Nothing is allocated per object. Not thread-safe: each worker has its own.
@safe
public final class ObjectView {
  /// What Connect does in the run.
  public let sync: SyncModel
  /// The attributes that the engine itself looks at.
  public let attributes: WellKnownAttributes
  /// The attributes that tell which object it is.
  package let identity: ObjectIdentity.Attributes
  /// The object's entry; to be filled by the caller.
  public let entry: Entry
  /// What is known of domains.
  public let domains: DomainCache
  /// Called for an expression that could not be evaluated, with what was evaluated and the reason.
  public var evaluationFailed: (String, EvaluationError) -> Void = { _, _ in }
  /// SIDs of accounts that some source holds, for linked mailboxes; nil before they are known.
  public let masterAccounts: Set<[UInt8]>?

  @usableFromInline var primary: ByteView?
  private var ordinalOfPrimary: Int?
  @usableFromInline var primaryGeneration: UInt64 = .max
  @usableFromInline let scanned: ScannedValues
  private let scanner: ValueScanner
  /// What `number(in:)` has found of the entry of that generation.
  private var memberNumber: Int?
  private var memberGeneration: UInt64 = .max
  private let memos: UnsafeMutablePointer<ClauseMemo>

  /// A view of objects in the run of `sync`.
  public init(_ sync: SyncModel, masterAccounts: Set<[UInt8]>? = nil) {
    self.sync = sync
    self.masterAccounts = masterAccounts
    attributes = sync.attributes
    identity = ObjectIdentity.Attributes(sync.attributes)
    entry = Entry(table: sync.table)
    domains = DomainCache(settings: sync.tenant)
    scanner = ValueScanner(types: sync.types, screens: sync.byteScreens)
    scanned = ScannedValues(sync, scanner)
    unsafe memos = .allocate(capacity: max(1, sync.clauseCount))
    unsafe memos.initialize(repeating: ClauseMemo(), count: max(1, sync.clauseCount))
  }

  deinit { unsafe memos.deallocate() }

  // MARK: Scope

  /// Decides the entry's class and scope.
  public func decide(_ scope: SourceScope) -> Judgement {
    if isDeleted { return .deleted }
    let objectClass = sync.classifier.classify(entry, in: scope.kind)
    var judgement = Judgement(objectClass: objectClass, scope: .included)
    guard let clauses = scope.clauses[Int(objectClass.rawValue)] else {
      judgement.scope = .excluded(
        objectClass == .managedServiceAccount
          ? SyncModel.managedServiceReason : SyncModel.classReason)
      return judgement
    }
    judgement.scope = decide(clauses)
    if let members = scope.members, judgement.scope == .included, number(in: members) == nil {
      judgement.scope = .excluded(SyncModel.syncGroupReason)
    }
    guard judgement.scope == .included, isLinkedMailbox(objectClass) else { return judgement }
    judgement.isLinkedMailbox = true
    if !hasMasterAccount { judgement.scope = .excluded(SyncModel.linkedMailboxReason) }
    return judgement
  }

  /// The entry's class in a directory of `kind`, whether it is in scope or not.
  public func objectClass(in kind: DirectoryKind) -> ObjectClass {
    sync.classifier.classify(entry, in: kind)
  }

  /// The number of the entry among `members`; nil when it is none of them.
  public func number(in members: DirectMembers) -> Int? {
    if memberGeneration != entry.generation {
      memberGeneration = entry.generation
      memberNumber = (try? DistinguishedName.normalise(entry.dn, into: entry.arena))
        .flatMap(members.index)
    }
    return memberNumber
  }

  /// In scope when one of the packs says so; else the first pack's reason.
  @inline(__always)
  package func decide(_ scope: ScopeClauses) -> ScopeAnswer {
    var first: ScopeAnswer?
    var start = 0
    for pack in scope.ends.indices {
      let end = scope.ends[pack]
      let answer = decide(scope, start..<end)
      if answer == .included { return .included }
      if first == nil { first = answer }
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

  /// Whether the clause leaves the entry out; one that cannot be evaluated leaves out no entry.
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
      evaluationFailed("scope clause \"\(sync.reasons[clause.reason].phrase)\"", error)
      return false
    }
  }

  // MARK: Values

  /// Runs `body` on every value of `attribute` with its place among the entry's values.
  @inlinable
  @inline(__always)
  public func forEachScanned(_ attribute: AttributeID, _ body: (Int, ScannedValue) -> Void) {
    scanned.scan(attribute, of: entry)
    entry.forEachPlace(attribute) { place, _ in body(place, scanned[place]) }
  }

  /// `value` as one of `attribute` would be seen.
  public func scan(_ value: ByteView, of attribute: AttributeID) -> ScannedValue {
    scanner.scan(value, sync.form(attribute))
  }

  /// `value` as one of `attribute` would be seen if it were not trimmed.
  package func scanRaw(_ value: ByteView, of attribute: AttributeID) -> ScannedValue {
    scanner.scan(value, sync.form(attribute).subtracting(.trimmed))
  }

  /// `text`, which has no `type:` prefix, as a value would be seen.
  public func scan(_ text: ByteView) -> ScannedValue { scanner.scan(text, []) }

  /// The body of the primary SMTP address, or nil; a value without one "@" is none.
  @inlinable
  public var primarySMTP: ByteView? {
    if primaryGeneration != entry.generation { findPrimary() }
    return primary
  }

  /// The number of the primary SMTP address among the values of proxyAddresses, or nil.
  public var primaryOrdinal: Int? {
    if primaryGeneration != entry.generation { findPrimary() }
    return ordinalOfPrimary
  }

  @usableFromInline
  func findPrimary() {
    primaryGeneration = entry.generation
    var found: ByteView?
    var ordinal = 0
    ordinalOfPrimary = nil
    forEachScanned(attributes.proxyAddresses) { _, value in
      defer { ordinal &+= 1 }
      // What is no address is discarded, whatever stands before it.
      guard found == nil, value.typeBit == AddressTypes.smtpBit, value.isPrimary,
        value.atCount == 1
      else { return }
      found = value.body
      ordinalOfPrimary = ordinal
    }
    primary = found
  }

  /// The value of `source`; nil when it is absent or empty.
  public func value(of source: ValueSource) -> ByteView? {
    switch source {
    case .attribute(let attribute): entry.first(attribute).flatMap { $0.isEmpty ? nil : $0 }
    case .primarySMTP: primarySMTP
    }
  }

  /// Whether two texts are the same without case and outer white space.
  public func isSameText(_ left: ByteView, _ right: ByteView) -> Bool {
    let left = left.trimmed
    let right = right.trimmed
    if left.equalsIgnoringASCIICase(right) { return true }
    guard left.hasNonASCII || right.hasNonASCII else { return false }
    return UnicodeText.foldCase(left, into: entry.arena)
      == UnicodeText.foldCase(right, into: entry.arena)
  }
}
