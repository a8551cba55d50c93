import Bytes
import Directory
import Rules
import Sync

/// Decides which equal hashes are duplicates, by reading the objects again.
///
/// Equal hashes are confirmed on the real bytes; objects that Connect would join into one person
/// are one holder; what is left is told to the rules.
public struct DuplicateResolver {
  private let evaluator: RuleEvaluator
  private let hash: KeyedHash
  private var ruleSet: RuleSet { evaluator.ruleSet }

  /// The hash of the collision that is looked at.
  private var currentHash = KeptHash(0)

  /// The groups found so far.
  public private(set) var groups: [HolderGroup] = []
  /// What to report of them.
  public private(set) var findings: [DuplicateFinding] = []

  /// The positions of objects that had a value when they were read first, and have it no more.
  public private(set) var missing: [Int] = []

  /// A resolver that reads objects into `evaluator`'s entry; `hash` is that of the index.
  public init(evaluator: RuleEvaluator, hash: KeyedHash) {
    self.evaluator = evaluator
    self.hash = hash
  }

  /// What the caller knows of the object that it has read into the evaluator's entry.
  public struct Reading {
    /// The forest's number.
    public var forest: Int
    /// The checks of its source.
    public var checks: SourceChecks

    /// A reading with all its parts.
    public init(forest: Int, checks: SourceChecks) {
      self.forest = forest
      self.checks = checks
    }
  }

  /// Decides about one collision; `read` fills the evaluator's entry with the object at a position.
  public mutating func resolve<E: Error>(
    _ collision: UniquenessIndex.Collision, read: (Int) throws(E) -> Reading?
  ) throws(E) {
    try resolve([collision], read: read)
  }

  /// Decides about some collisions, and reads each object once for all of them.
  package mutating func resolve<E: Error>(
    _ collisions: [UniquenessIndex.Collision], read: (Int) throws(E) -> Reading?
  ) throws(E) {
    var asked: [(position: Int, collision: Int)] = []
    for (number, collision) in collisions.enumerated() {
      for position in collision.positions { asked.append((position, number)) }
    }
    asked.sort { $0 < $1 }
    var candidates = [[Candidate]](repeating: [], count: collisions.count)
    var start = 0
    while start < asked.count {
      let position = asked[start].position
      var wanted: [KeptHash: Int] = [:]
      while start < asked.count, asked[start].position == position {
        wanted[collisions[asked[start].collision].hash] = asked[start].collision
        start += 1
      }
      guard let reading = try read(position) else { continue }
      collect(position, wanted, reading, into: &candidates)
    }
    for (number, collision) in collisions.enumerated() {
      currentHash = collision.hash
      decideByTag(candidates[number].sorted { ($0.tag, $0.position) < ($1.tag, $1.position) })
    }
  }

  private mutating func decideByTag(_ candidates: [Candidate]) {
    var start = 0
    while start < candidates.count {
      var end = start
      while end < candidates.count, candidates[end].tag == candidates[start].tag { end += 1 }
      decide(Array(candidates[start..<end]))
      start = end
    }
  }

  // MARK: Reading

  /// Adds what the object has of the hashes in `wanted` to `candidates`, under the number that each
  /// hash has there.
  private mutating func collect(
    _ position: Int, _ wanted: [KeptHash: Int], _ reading: Reading,
    into candidates: inout [[Candidate]]
  ) {
    let judgement = evaluator.view.decide(reading.checks.scope)
    let isInScope = judgement.scope == .included || ruleSet.settings.lintsAllObjects
    let counts = isInScope || judgement.scope == .excluded(SyncModel.syncGroupReason)
    let rules = applicableRules(judgement, reading.checks)
    let joinKeys = evaluator.view.joinKeys(judgement.objectClass)
    var met: Set<Int> = []
    evaluator.forEachKey(judgement.objectClass) { key in
      guard let number = wanted[KeptHash(RuleEvaluator.hash(key, hash))] else { return }
      met.insert(number)
      // The user name of a linked mailbox stays where it is: that of its master account counts.
      if judgement.isLinkedMailbox,
        key.role == .computed || key.attribute == evaluator.attributes.userPrincipalName
      {
        return
      }
      let text = key.isExact ? key.text.array : key.text.map(\.asciiLowercased)
      let mine = candidates[number].lastIndex { $0.position != position }.map { $0 + 1 } ?? 0
      if let same = candidates[number][mine...].firstIndex(where: {
        $0.tag == key.tag && $0.text == text
      }) {
        Self.merge(key, into: &candidates[number][same])
        return
      }
      candidates[number].append(
        Candidate(
          position: position, forest: reading.forest, objectClass: judgement.objectClass,
          isInScope: isInScope, counts: counts, tag: key.tag, text: text,
          attribute: key.attribute, ordinal: key.ordinal, role: key.role,
          isConfusable: key.isConfusable, spelling: key.spelling.map(\.asciiLowercased),
          rules: rules, joinKeys: joinKeys))
    }
    if met.count < wanted.count { missing.append(position) }
  }

  /// Takes the object's stronger claim to one value.
  private static func merge(_ key: UniqueKey, into candidate: inout Candidate) {
    // What an address only looks like says less than what another one of the object is.
    guard !key.isConfusable, candidate.isConfusable || key.role < candidate.role else { return }
    candidate.role = key.role
    candidate.attribute = key.attribute
    candidate.ordinal = key.ordinal
    candidate.isConfusable = false
    candidate.spelling = key.spelling.map(\.asciiLowercased)
  }

  /// The uniqueness rules that look at the entry.
  private func applicableRules(_ judgement: Judgement, _ checks: SourceChecks) -> [Int] {
    let isIncluded = judgement.scope == .included || ruleSet.settings.lintsAllObjects
    let numbers =
      ruleSet.unique.valueRules.map(\.rule) + ruleSet.unique.addressRules.map(\.rule)
    return numbers.filter { number in
      let rule = ruleSet.compiled[number]
      return rule.rule.objects.contains(judgement.objectClass)
        && rule.rule.scope.looksAt(isIncluded: isIncluded) && !checks.isOff[number]
        && (rule.rule.directory == nil || rule.rule.directory == checks.kind)
        && evaluator.holds(number)
    }
  }

  // MARK: Deciding

  private mutating func decide(_ candidates: [Candidate]) {
    let tag = candidates[0].tag
    guard tag == UniqueChecks.addressTag else {
      let rule = ruleSet.unique.valueRules[Int(tag - UniqueChecks.firstValueTag)].rule
      for same in Self.bySameText(candidates) { report(same, rule: rule) }
      return
    }
    let real = candidates.filter { !$0.isConfusable }
    for same in Self.bySameText(real) { decideAddress(same) }
    decideConfusables(candidates)
  }

  /// Candidates with the same real bytes, in groups of more than one object.
  private static func bySameText(_ candidates: [Candidate]) -> [[Candidate]] {
    var groups: [[UInt8]: [Candidate]] = [:]
    for candidate in candidates { groups[candidate.text, default: []].append(candidate) }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0].position < $1[0].position }
  }

  /// A rule that knows no roles: every in-scope holder that it looks at with another holder that counts,
  /// which its `when` need not hold for.
  private mutating func report(_ candidates: [Candidate], rule: Int) {
    let persons = Self.persons(candidates)
    guard let group = addGroup(candidates, persons) else { return }
    for (index, candidate) in candidates.enumerated()
    where candidate.isInScope && candidate.rules.contains(rule) {
      let hasOther = candidates.indices.contains { other in
        candidates[other].counts && persons[other] != persons[index]
      }
      if hasOther {
        findings.append(DuplicateFinding(rule: rule, group: group, holder: index))
      }
    }
  }

  private mutating func decideAddress(_ candidates: [Candidate]) {
    let persons = Self.persons(candidates)
    let claims = Claims(candidates, persons)
    guard claims.hasSeveralPersons, candidates.contains(where: \.isInScope),
      let group = addGroup(candidates, persons)
    else { return }
    for (index, candidate) in candidates.enumerated() where candidate.isInScope {
      guard let kind = verdict(on: candidate, person: persons[index], claims) else { continue }
      for (rule, wanted) in ruleSet.unique.addressRules
      where wanted == kind && candidate.rules.contains(rule) {
        findings.append(DuplicateFinding(rule: rule, group: group, holder: index))
      }
    }
  }

  /// What the address of `mine`, an object of `person`, is to the other persons that count.
  private func verdict(
    on mine: Candidate, person: Int, _ claims: Claims
  ) -> UniqueIndex? {
    var hasOtherType = false
    var hasStrong = false
    var hasComputed = false
    var hasWeak = false
    var hasMirror = false
    for (kind, persons) in claims.persons where persons.isAny(but: person) {
      if Self.isMirror(ClaimKind(mine), kind) {
        hasMirror = true
      } else if mine.role == .computed || kind.role == .computed {
        // Which name it is that two users get; what else has it is shown beside them.
        hasComputed = hasComputed || mine.role <= .computed && kind.role.isStrong
      } else if ruleSet.unique.tellsObjectTypes, Self.isMismatch(ClaimKind(mine), kind) {
        hasOtherType = true
      } else if kind.role.isStrong {
        hasStrong = true
      } else {
        hasWeak = true
      }
    }
    if hasOtherType { return .objectType }
    if hasStrong { return mine.role.isStrong ? .addressStrong : .addressWeak }
    if hasComputed { return .computedName }
    if hasWeak { return .addressWeak }
    return hasMirror && mine.objectClass == .contact ? .contactMirror : nil
  }

  /// Whether a contact of one forest stands for a person of another.
  private static func isMirror(_ left: ClaimKind, _ right: ClaimKind) -> Bool {
    guard left.forest != right.forest else { return false }
    let isContact = left.objectClass == .contact
    guard isContact != (right.objectClass == .contact) else { return false }
    let other = isContact ? right.objectClass : left.objectClass
    return other == .user || other == .inetOrgPerson
  }

  /// Whether Entra would match one of the two with the other, which is of another class: it looks for the
  /// primary address of one among the proxy addresses of the other.
  private static func isMismatch(_ left: ClaimKind, _ right: ClaimKind) -> Bool {
    func kind(_ claim: ClaimKind) -> ObjectClass {
      claim.objectClass == .inetOrgPerson ? .user : claim.objectClass
    }
    return kind(left) != kind(right) && left.role.isMatched && right.role.isMatched
      && (left.role.isMatchedBy || right.role.isMatchedBy)
  }

  private mutating func decideConfusables(_ candidates: [Candidate]) {
    let rules = ruleSet.unique.addressRules.filter { $0.index == .confusable }
    guard !rules.isEmpty, candidates.contains(where: \.isConfusable) else { return }
    // One candidate per object; the real spelling tells equal addresses from confusable ones.
    var objects: [Candidate] = []
    for candidate in candidates where objects.last?.position != candidate.position {
      objects.append(candidate)
    }
    guard objects.count > 1 else { return }
    let persons = Self.persons(objects)
    guard let group = addGroup(objects, persons) else { return }
    // By spelling, two persons are enough to know whether there is one beside any holder.
    var personsBySpelling: [[UInt8]: [Int]] = [:]
    for (index, object) in objects.enumerated() where object.counts {
      let known = personsBySpelling[object.spelling] ?? []
      if known.count < 2, !known.contains(persons[index]) {
        personsBySpelling[object.spelling] = known + [persons[index]]
      }
    }
    // Nothing is wrong with the one that looks like what it is.
    for (index, object) in objects.enumerated() where object.isInScope && object.isConfusable {
      let hasOther = personsBySpelling.contains { spelling, others in
        spelling != object.spelling && others.contains { $0 != persons[index] }
      }
      guard hasOther else { continue }
      for (rule, _) in rules where object.rules.contains(rule) {
        findings.append(DuplicateFinding(rule: rule, group: group, holder: index))
      }
    }
  }

  private mutating func addGroup(_ candidates: [Candidate], _ persons: Persons) -> Int? {
    guard candidates.count > 1 else { return nil }
    groups.append(
      HolderGroup(
        hash: currentHash,
        holders: candidates.enumerated().map { index, candidate in
          Holder(
            position: candidate.position, attribute: candidate.attribute,
            ordinal: candidate.ordinal, isInScope: candidate.isInScope, person: persons[index])
        }))
    return groups.count - 1
  }

  private static func persons(_ candidates: [Candidate]) -> Persons {
    Persons(candidates.map { Persons.Member(forest: $0.forest, keys: $0.joinKeys) })
  }
}
