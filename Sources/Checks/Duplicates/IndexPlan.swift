import Bytes
import Directory
import RulePacks

/// Which values of an object should be unique, as the rules of the run have it.
struct IndexPlan: Sendable {
  /// The tag of addresses in the index; other rules have tags from `firstValueTag` on.
  static let addressTag: UInt64 = 0
  static let firstValueTag: UInt64 = 1

  /// A rule that compares the values of its attributes as they are.
  struct ValueRule: Sendable {
    var rule: Int
    var tag: UInt64
    var attributes: [AttributeID]
    var isExact: Bool
    var typeMask: UInt32
    var objects: ObjectClassSet
  }

  /// Whether some rule compares addresses.
  var hasAddresses = false
  /// Whether some rule asks for addresses that only look the same.
  var hasConfusables = false
  var valueRules: [ValueRule] = []
  /// Rules by what they say of equal addresses.
  var addressRules: [(rule: Int, index: UniqueIndex)] = []

  init() {}

  init(rules: [CompiledRule], attributes: WellKnownAttributes) {
    for (number, rule) in rules.enumerated() {
      guard case .unique(let index) = rule.test else { continue }
      switch index {
      case .value(let exact):
        valueRules.append(
          ValueRule(
            rule: number, tag: Self.firstValueTag + UInt64(valueRules.count),
            attributes: rule.attributes, isExact: exact, typeMask: rule.typeMask,
            objects: rule.rule.objects))
      case .addressStrong, .addressWeak, .contactMirror, .confusable:
        hasAddresses = true
        if index == .confusable { hasConfusables = true }
        addressRules.append((number, index))
      case .object: break
      }
    }
  }
}

/// How an object holds an address, strongest first.
enum AddressRole: UInt8, Comparable, Sendable {
  case userPrincipalName, primarySMTP, secondarySMTP
  /// `mail` of an object without proxyAddresses, which counts as its primary.
  case soleMail
  case mail, sip, target, untyped

  /// Whether Entra refuses another object with the same address held in such a way.
  var isStrong: Bool { self <= .soleMail }

  static func < (left: AddressRole, right: AddressRole) -> Bool { left.rawValue < right.rawValue }
}

/// One value of an object that should be unique.
struct IndexKey {
  /// What it is compared with: only keys with the same tag.
  var tag: UInt64
  /// The value without type, outer white space and case (unless exact).
  var text: ByteView
  var attribute: AttributeID
  var ordinal: Int
  /// For addresses.
  var role: AddressRole
  /// Whether `text` is what the address only looks like.
  var isConfusable: Bool
  /// The value itself without case, where `isConfusable`; else `text`.
  var spelling: ByteView
  /// Whether `text` has been folded; ASCII text is folded by the hash.
  var isExact: Bool
}

extension Judge {
  /// Hands every value of the entry that should be unique to `body`.
  @inline(__always)
  func forEachKey(_ objectClass: ObjectClass, _ body: (IndexKey) -> Void) {
    let plan = ruleSet.index
    if plan.hasAddresses { forEachAddress(body) }
    for index in plan.valueRules.indices
    where plan.valueRules[index].objects.contains(objectClass) {
      forEachValue(plan.valueRules[index], body)
    }
  }

  @inline(__always)
  private func forEachAddress(_ body: (IndexKey) -> Void) {
    if let upn = entry.first(attributes.login) {
      address(upn, attributes.login, 0, .userPrincipalName, body)
    }
    if attributes.login != attributes.userPrincipalName,
      let upn = entry.first(attributes.userPrincipalName)
    {
      // With an alternate login ID the UPN still signs in at AD FS, after the other.
      address(upn, attributes.userPrincipalName, 0, .mail, body)
    }
    if attributes.login != attributes.mail, let mail = entry.first(attributes.mail) {
      let role: AddressRole = entry.has(attributes.proxyAddresses) ? .mail : .soleMail
      address(mail, attributes.mail, 0, role, body)
    }
    entry.forEach(attributes.proxyAddresses) { ordinal, value in
      typedAddress(value, attributes.proxyAddresses, ordinal, body)
    }
    if let target = entry.first(attributes.targetAddress) {
      typedAddress(target, attributes.targetAddress, 0, body)
    }
    if let sip = entry.first(attributes.sipAddress) {
      typedAddress(sip, attributes.sipAddress, 0, body)
    }
  }

  @inline(__always)
  private func typedAddress(
    _ value: ByteView, _ attribute: AttributeID, _ ordinal: Int, _ body: (IndexKey) -> Void
  ) {
    let isProxy = attribute == attributes.proxyAddresses
    let otherRole: AddressRole = attribute == attributes.sipAddress ? .sip : .target
    guard let colon = ruleSet.types.prefixEnd(value) else {
      address(value, attribute, ordinal, isProxy ? .untyped : otherRole, body)
      return
    }
    let type = value.upTo(colon)
    let text = value.from(colon + 1)
    switch ruleSet.types.bit(type) {
    case AddressTypes.smtpBit:
      let role: AddressRole = ruleSet.types.isPrimary(type) ? .primarySMTP : .secondarySMTP
      address(text, attribute, ordinal, isProxy ? role : otherRole, body)
    case AddressTypes.sipBit:
      address(text, attribute, ordinal, isProxy ? .sip : otherRole, body)
    default: break
    }
  }

  @inline(__always)
  private func address(
    _ value: ByteView, _ attribute: AttributeID, _ ordinal: Int, _ role: AddressRole,
    _ body: (IndexKey) -> Void
  ) {
    var text = value.trimmed
    guard text.firstIndex(of: 0x40) != nil else { return }
    let hasNonASCII = text.hasNonASCII
    if hasNonASCII { text = UnicodeText.foldCase(text, into: entry.arena) }
    var key = IndexKey(
      tag: IndexPlan.addressTag, text: text, attribute: attribute, ordinal: ordinal, role: role,
      isConfusable: false, spelling: text, isExact: false)
    body(key)
    guard hasNonASCII, ruleSet.index.hasConfusables else { return }
    let folded = UnicodeText.confusableFold(text, into: entry.arena)
    guard folded != text else { return }
    key.text = folded
    key.isConfusable = true
    body(key)
  }

  @inline(__always)
  private func forEachValue(_ rule: IndexPlan.ValueRule, _ body: (IndexKey) -> Void) {
    for attribute in rule.attributes {
      let isTyped = ruleSet.isTyped(attribute) && rule.typeMask != .max
      entry.forEach(attribute) { ordinal, value in
        if isTyped {
          let bit = ruleSet.types.prefixEnd(value).map { ruleSet.types.bit(value.upTo($0)) }
          if (bit ?? AddressTypes.noneBit) & rule.typeMask == 0 { return }
        }
        var text = rule.isExact ? value : value.trimmed
        guard !text.isEmpty else { return }
        if !rule.isExact, text.hasNonASCII {
          text = UnicodeText.foldCase(text, into: entry.arena)
        }
        body(
          IndexKey(
            tag: rule.tag, text: text, attribute: attribute, ordinal: ordinal, role: .untyped,
            isConfusable: false, spelling: text, isExact: rule.isExact))
      }
    }
  }

  /// The hash of a key under `hash`.
  @inline(__always)
  static func hash(_ key: IndexKey, _ hash: KeyedHash) -> UInt64 {
    key.isExact
      ? hash.exact(key.text, tag: key.tag) : hash.foldingASCIICase(key.text, tag: key.tag)
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
    let isTyped = ruleSet.isTyped(attribute) && mask != .max
    entry.forEach(attribute) { ordinal, value in
      if isTyped {
        let bit = ruleSet.types.prefixEnd(value).map { ruleSet.types.bit(value.upTo($0)) }
        if (bit ?? AddressTypes.noneBit) & mask == 0 { return }
      }
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
