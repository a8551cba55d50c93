import Bytes
import Directory
import Rules
import Sync

extension RuleEvaluator {
  /// Hands every value of the entry that should be unique to `body`.
  @inline(__always)
  func forEachKey(_ objectClass: ObjectClass, _ body: (UniqueKey) -> Void) {
    let checks = ruleSet.unique
    if checks.hasAddresses { forEachAddress(body) }
    if checks.hasComputedNames, objectClass == .user || objectClass == .inetOrgPerson,
      !view.hasPlainSignInName, let key = computedName
    {
      body(key)
    }
    for rule in checks.valueRules where rule.objects.contains(objectClass) {
      forEachValue(rule, body)
    }
  }

  @inline(__always)
  private func forEachAddress(_ body: (UniqueKey) -> Void) {
    addresses(attributes.login, .userPrincipalName, body)
    if attributes.login != attributes.userPrincipalName {
      // With an alternate login ID the UPN still signs in at AD FS, after the other.
      addresses(attributes.userPrincipalName, .mail, body)
    }
    if attributes.login != attributes.mail {
      addresses(
        attributes.mail, entry.has(attributes.proxyAddresses) ? .mail : .soleMail, body)
    }
    var ordinal = 0
    view.forEachScanned(attributes.proxyAddresses) { _, value in
      typedAddress(value, attributes.proxyAddresses, ordinal, body)
      ordinal &+= 1
    }
    for attribute in [attributes.targetAddress, attributes.sipAddress] where entry.has(attribute) {
      var ordinal = 0
      view.forEachScanned(attribute) { _, value in
        typedAddress(value, attribute, ordinal, body)
        ordinal &+= 1
      }
    }
  }

  /// The values of an attribute whose values have no types: in Active Directory it is one, in other
  /// directories there may be more.
  @inline(__always)
  private func addresses(
    _ attribute: AttributeID, _ role: AddressRole, _ body: (UniqueKey) -> Void
  ) {
    guard entry.has(attribute) else { return }
    var ordinal = 0
    view.forEachScanned(attribute) { _, value in
      address(value, value.value, attribute, ordinal, role, body)
      ordinal &+= 1
    }
  }

  @inline(__always)
  private func typedAddress(
    _ value: ScannedValue, _ attribute: AttributeID, _ ordinal: Int, _ body: (UniqueKey) -> Void
  ) {
    let isProxy = attribute == attributes.proxyAddresses
    let otherRole: AddressRole = attribute == attributes.sipAddress ? .sip : .target
    let role: AddressRole
    switch value.typeBit {
    case AddressTypes.noneBit: role = isProxy ? .untyped : otherRole
    case AddressTypes.smtpBit:
      role = isProxy ? (value.isPrimary ? .primarySMTP : .secondarySMTP) : otherRole
    case AddressTypes.sipBit: role = isProxy ? .sip : otherRole
    default: return
    }
    address(value, value.body, attribute, ordinal, role, body)
  }

  @inline(__always)
  private func address(
    _ value: ScannedValue, _ text: ByteView, _ attribute: AttributeID, _ ordinal: Int,
    _ role: AddressRole, _ body: (UniqueKey) -> Void
  ) {
    guard value.atCount > 0 else { return }
    let isPlain = value.traits.isDisjoint(with: [.nonASCII, .whiteSpace])
    var key = UniqueKey(
      tag: UniqueChecks.addressTag, text: text, attribute: attribute, ordinal: ordinal, role: role,
      isConfusable: false, spelling: text, isExact: false)
    if isPlain {
      body(key)
    } else {
      // What Connect trims has been trimmed; white space after the type keeps an address from arriving.
      let isTrimmed = view.sync.trims && attribute == attributes.proxyAddresses
      key.text = isTrimmed ? text : text.trimmed
      unusualAddress(&key, body)
    }
  }

  /// An address that is folded before it is compared.
  private func unusualAddress(_ key: inout UniqueKey, _ body: (UniqueKey) -> Void) {
    let hasNonASCII = key.text.hasNonASCII
    let text =
      hasNonASCII ? UnicodeText.foldCase(key.text, into: entry.arena) : key.text
    key.text = hasNonASCII ? Domain.withALabels(text, into: entry.arena) : text
    key.spelling = key.text
    body(key)
    guard hasNonASCII, ruleSet.unique.hasConfusables else { return }
    let folded = UnicodeText.confusableFold(text, into: entry.arena)
    guard folded != text else { return }
    key.text = folded
    key.isConfusable = true
    body(key)
  }

  /// The user name that is made for the entry because it has none that is taken over.
  private var computedName: UniqueKey? {
    SignInName(view).computed.map { computed in
      UniqueKey(
        tag: UniqueChecks.addressTag, text: computed.name, attribute: computed.attribute,
        ordinal: 0, role: .computed, isConfusable: false, spelling: computed.name, isExact: false)
    }
  }

  @inline(__always)
  private func forEachValue(_ rule: UniqueChecks.ValueRule, _ body: (UniqueKey) -> Void) {
    for attribute in rule.attributes where entry.has(attribute) {
      let mask = rule.typeMask
      var ordinal = 0
      view.forEachScanned(attribute) { _, value in
        defer { ordinal &+= 1 }
        // Values of attributes without types are of no type, whatever types the rule names.
        guard value.typeBit & mask != 0 || !attributes.isTyped(attribute) else { return }
        var text = value.value
        if !rule.isExact, !value.traits.isDisjoint(with: [.nonASCII, .whiteSpace]) {
          text = text.trimmed
          if text.hasNonASCII { text = UnicodeText.foldCase(text, into: entry.arena) }
        }
        guard !text.isEmpty else { return }
        body(
          UniqueKey(
            tag: rule.tag, text: text, attribute: attribute, ordinal: ordinal, role: .untyped,
            isConfusable: false, spelling: text, isExact: rule.isExact))
      }
    }
  }

  /// The hash of a key under `hash`.
  @inline(__always)
  static func hash(_ key: UniqueKey, _ hash: KeyedHash) -> UInt64 {
    UniquenessIndex.ofValue(
      key.isExact
        ? hash.exact(key.text, tag: key.tag) : hash.foldingASCIICase(key.text, tag: key.tag))
  }

  /// Puts the entry's unique values into `index`, each once, for the object at `position`.
  @inline(__always)
  public func addKeys(
    _ objectClass: ObjectClass, position: Int, hash: KeyedHash, to index: UniquenessIndex
  ) {
    ownHashes.removeAll()
    forEachKey(objectClass) { ownHashes.append(Self.hash($0, hash)) }
    // The same address in several attributes of one object is normal: it counts once.
    ownHashes.forEachOnce { index.insert(hash: $0, position: position) }
  }

  /// Puts what the object is, one of forest number `forest` at `position`, into `index`: its objectGUID
  /// or entryUUID, else its name, or both where `byName` says so. Whether it has more than a name.
  @inline(__always)
  package func addIdentity(
    forest: Int, byName: Bool, position: Int, hash: KeyedHash, to index: UniquenessIndex
  ) -> Bool {
    let own = ObjectIdentity.hash(of: entry, view.identity, hash)
    if let own { index.insert(hash: UniquenessIndex.ofIdentity(own), position: position) }
    if byName || own == nil,
      let name = ObjectIdentity.nameHash(of: entry, forest: forest, hash)
    {
      index.insert(hash: UniquenessIndex.ofIdentity(name), position: position)
    }
    return own != nil
  }

  /// The hashes under which an index has the entry's unique values, each once.
  package func keptHashes(_ objectClass: ObjectClass, hash: KeyedHash) -> Set<KeptHash> {
    var hashes: Set<KeptHash> = []
    forEachKey(objectClass) { hashes.insert(KeptHash(Self.hash($0, hash))) }
    return hashes
  }

  /// Whether two values of `attribute` have the same hash, which is nearly never so.
  private func mayRepeat(_ attribute: AttributeID) -> Bool {
    ownHashes.removeAll()
    entry.forEach(attribute) { _, value in
      var text = value.trimmed
      if text.hasNonASCII { text = UnicodeText.foldCase(text, into: entry.arena) }
      ownHashes.append(repetitionHash.foldingASCIICase(text, tag: 0))
    }
    var distinct = 0
    ownHashes.forEachOnce { _ in distinct += 1 }
    return distinct < ownHashes.count
  }

  /// The numbers of the values of `attribute` that repeat an earlier one, without case.
  func repeatedValues(_ attribute: AttributeID, _ mask: UInt32) -> [Int] {
    var repeated: [Int] = []
    guard mayRepeat(attribute) else { return repeated }
    var seen: [UInt64: [ByteView]] = [:]
    var ordinal = -1
    view.forEachScanned(attribute) { _, looked in
      ordinal += 1
      guard looked.typeBit & mask != 0 || !attributes.isTyped(attribute) else { return }
      let value = looked.value
      let text = UnicodeText.foldCase(value.trimmed, into: entry.arena)
      let key = repetitionHash.foldingASCIICase(text, tag: 0)
      if seen[key, default: []].contains(where: { $0.equalsIgnoringASCIICase(text) }) {
        repeated.append(ordinal)
      } else {
        seen[key, default: []].append(text)
      }
    }
    return repeated
  }
}
