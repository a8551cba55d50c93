import Bytes
import Directory
import Findings
import Rules
import Sync

/// Finds the repair that a finding proposes: the first of its rule's whose result is clean.
struct RepairProposal {
  let builder: FindingBuilder
  let rule: CompiledRule
  let attribute: AttributeID
  let facts: Facts

  var view: ObjectView { builder.evaluator.view }
  var settings: CheckSettings { builder.evaluator.ruleSet.settings }

  /// One way to repair the finding, or the word that a person must.
  struct Candidate {
    /// Nil where it is left to a person.
    var edit: ValueEdit?
    var isSafe: Bool
    var reason: String
    var kind = RepairKind.leave
    /// Whether the user has said that it is to be done.
    var isOrdered = false
    /// The attribute that the new value, or its domain, is taken from.
    var source: ValueSource?
    /// What is done together with the edit.
    var companions: (before: [Companion], after: [Companion]) = ([], [])
  }

  /// That a person must decide, and why.
  var left: Proposal {
    let spec = rule.rule.repairs.last { $0.kind == .leave }
    return Proposal(
      action: .none, value: nil, isSafe: false,
      reason: spec.map { facts.render($0.reason) }
        ?? "What it should be does not follow from the object's own data.")
  }

  /// The repair for `value`.
  func propose(_ value: ByteView?) -> Proposal? {
    guard let first = candidates(value, limit: 1).first else { return left }
    let action: Proposal.Action =
      switch (first.edit?.old, first.edit?.new) {
      case (nil, nil): .none
      case (nil, _?): .add
      case (_?, nil): .remove
      case (_?, _?): .edit
      }
    var repair = Proposal(
      action: action, value: first.edit?.new, isSafe: first.isSafe, reason: first.reason)
    if value == nil { repair.target = first.edit?.old }
    return repair
  }

  /// The ways to repair, in the rule's order, the first `limit` of them; those whose own result the
  /// rule would find fault with are left out.
  func candidates(_ value: ByteView?, limit: Int = .max) -> [Candidate] {
    var result: [Candidate] = []
    for spec in rule.rule.repairs where result.count < limit {
      guard spec.kind != .leave else {
        result.append(Candidate(edit: nil, isSafe: false, reason: facts.render(spec.reason)))
        break
      }
      if spec.kind == .removeValue, isOrdered(value) {
        let reason = "A suffix was given for its domain with --upn-suffix, so the address stays."
        return result + [Candidate(edit: nil, isSafe: false, reason: reason)]
      }
      for target in targets(spec.kind, value) {
        guard let edit = edit(spec.kind, target), isClean(edit), keepsAddress(spec.kind, edit)
        else { continue }
        if let guardReason = RepairGuard(builder.evaluator).reasonToLeave(attribute, target) {
          return result + [Candidate(edit: nil, isSafe: false, reason: guardReason)]
        }
        result.append(
          Candidate(
            edit: edit, isSafe: isSafe(spec, edit),
            reason: facts.render(spec.reason), kind: spec.kind,
            isOrdered: isAskedFor(spec.kind) || spec.kind == .replaceDomainFromMap,
            source: source(of: spec.kind, target),
            companions: companions(of: spec.kind, edit)))
        guard result.count < limit else { break }
      }
    }
    if result.isEmpty, isOrdered(value), order(for: value)?.target == .primary {
      let domain = settings.tenant.verifiedDomains.isEmpty ? "routable" : "verified"
      let reason = "The object has no primary address in a \(domain) domain that could be taken."
      return [Candidate(edit: nil, isSafe: false, reason: reason)]
    }
    return result
  }

  /// Whether the repair `spec` is as safe as its rule says, for the edit at hand.
  private func isSafe(_ spec: RepairSpec, _ edit: ValueEdit) -> Bool {
    if isAskedFor(spec.kind) { return true }
    guard spec.isSafe, let old = edit.old, let new = edit.new else { return spec.isSafe }
    switch spec.kind {
    case .firstAddress:
      // Marks around a whole secondary address mean nothing; elsewhere taking one address out of a
      // value chooses for its holder.
      return attribute == view.attributes.proxyAddresses
        && (0x61...0x7A).contains(new.first ?? 0) && !old.contains(0x20)
    case .encodeDomain:
      // It is the same domain, unless two standards name it differently; a sign-in name is another.
      return attribute != view.attributes.login
        && attribute != view.attributes.userPrincipalName
        && !old.withByteView(Domain.isNamedDifferently)
    default: return true
    }
  }

  /// Whether the user has said that this may be done.
  private func isAskedFor(_ kind: RepairKind) -> Bool {
    guard attribute == view.attributes.login else { return false }
    switch kind {
    case .replaceDomainFromPrimary, .replaceValue:
      return settings.suffixOrders.takesFromMail(view.entry.dn, view.entry.arena)
    default: return false
    }
  }

  /// The values that a repair may change: the one of the finding or, where the finding is about
  /// their number, those that the others can spare.
  private func targets(_ kind: RepairKind, _ value: ByteView?) -> [ByteView?] {
    guard value == nil, kind == .demote || kind == .promote else { return [value] }
    let own = view.entry.values(view.attributes.mail) + view.entry.values(view.attributes.login)
    var spare: [ByteView?] = []
    view.entry.forEach(attribute) { _, candidate in
      let split = builder.split(rule, attribute, candidate)
      guard split.typeBit & rule.typeMask != 0, split.typeBit > AddressTypes.unnamedBit,
        split.isPrimary == (kind == .demote)
      else { return }
      let isOwn = own.contains { view.isSameText($0, split.body) }
      // The address by which the object is known stays or becomes the primary.
      if isOwn == (kind == .promote) { spare.append(candidate) }
    }
    return kind == .demote ? spare.reversed() : Array(spare.prefix(1))
  }

  /// Whether the rule would not fire on the result of `edit`.
  private func isClean(_ edit: ValueEdit) -> Bool {
    guard edit.old != nil, let bytes = edit.new else { return true }
    guard !bytes.isEmpty, edit.new != edit.old else { return false }
    guard case .value(let check) = rule.check else { return true }
    return !check.fires(builder.split(rule, attribute, view.entry.arena.copy(bytes)), view)
  }

  /// Whether an address whose characters change stays one, in the domain that it had: taking
  /// characters out of a domain makes it another's, and "a@b.example;c@b.example" without the
  /// semicolon is no address.
  private func keepsAddress(_ kind: RepairKind, _ edit: ValueEdit) -> Bool {
    switch kind {
    case .removeCharacters, .removeWhitespace, .transliterate, .truncate, .fixDots: break
    default: return true
    }
    guard let old = edit.old, let new = edit.new else { return true }
    let before = builder.split(rule, attribute, view.entry.arena.copy(old))
    guard before.at >= 0, isAddress(before) else { return true }
    let after = builder.split(rule, attribute, view.entry.arena.copy(new))
    guard after.atCount == 1, after.at > 0, !after.domainPart.isEmpty else { return false }
    return Self.isSameDomain(before.domainPart, after.domainPart)
  }

  /// Whether a domain has lost nothing but white space, and punctuation at its ends, "<…>".
  private static func isSameDomain(_ old: ByteView, _ new: ByteView) -> Bool {
    func isOfName(_ byte: UInt8) -> Bool {
      byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 || byte == 0x2D || byte == 0x2E
    }
    let name = TextRepair.withoutWhiteSpace(old)
    guard let first = name.firstIndex(where: isOfName), let last = name.lastIndex(where: isOfName)
    else { return false }
    return name[first...last].elementsEqual(new) || name.elementsEqual(new)
  }

  func isAddress(_ value: ScannedValue) -> Bool {
    let attributes = view.attributes
    if view.attributes.isTyped(attribute) {
      let plain = AddressTypes.noneBit | AddressTypes.smtpBit | AddressTypes.sipBit
      return value.typeBit & plain != 0
    }
    return attribute == attributes.mail || attribute == attributes.userPrincipalName
      || attribute == attributes.login
  }

  // MARK: Edits

  private func edit(_ kind: RepairKind, _ value: ByteView?) -> ValueEdit? {
    switch kind {
    case .replaceValue(let from):
      return replacement(from: from).map { ValueEdit(old: value?.array, new: $0) }
    case .removeValue: return value.map { ValueEdit(old: $0.array) }
    case .resolveDuplicate, .leave: return nil
    default:
      guard let value, let new = newValue(kind, value) else { return nil }
      return ValueEdit(old: value.array, new: new)
    }
  }

  private func newValue(_ kind: RepairKind, _ value: ByteView) -> [UInt8]? {
    if kind == .trim {
      let trimmed = UnicodeText.trimmed(value)
      return trimmed.isEmpty ? nil : trimmed.array
    }
    let split = builder.split(rule, attribute, value)
    switch kind {
    case .demote, .promote: return retyped(split, isPrimary: kind == .promote)
    case .removeRepeatedType: return withoutRepeatedType(split)
    case .firstAddress: return firstAddress(value)
    case .splitAddresses: return splitAddresses(value)?.first
    case .encodeDomain: return encodedDomain(split)
    case .addPrefix(let type): return prefixed(value, type)
    case .replaceText(let texts):
      return texts[value.trimmed.string.uppercased()].map { Array($0.utf8) }
    case .replaceDomainFromMap, .replaceDomainFromPrimary:
      // Secondary addresses stay: mail may still be sent to them.
      guard split.isPrimary || !view.attributes.isTyped(attribute) else { return nil }
      return domain(for: kind, split).map { Self.joining(split, domain: $0) }
    default: return withChangedPart(kind, split)
    }
  }

  private func replacement(from name: String) -> [UInt8]? {
    // What is secret in one attribute is no less so in another.
    guard !SecretAttributes.contains(name), let other = source(name),
      let text = view.value(of: other)?.trimmed, !text.isEmpty
    else { return nil }
    return text.array
  }

  private func source(_ name: String) -> ValueSource? {
    if name == "primary-smtp" { return .primarySMTP }
    return view.sync.table.find(name).map { .attribute($0) }
  }

  /// Where a repair takes a value from.
  private func source(of kind: RepairKind, _ value: ByteView?) -> ValueSource? {
    switch kind {
    case .replaceDomainFromMap: order(for: value)?.target == .primary ? .primarySMTP : nil
    case .replaceValue(let from): source(from)
    case .replaceDomainFromPrimary: .primarySMTP
    default: nil
    }
  }

  func retyped(_ value: ScannedValue, isPrimary: Bool) -> [UInt8]? {
    let length = value.value.count - value.body.count
    guard length > 0 else { return nil }
    let type = value.value.upTo(length).map { isPrimary ? $0.asciiUppercased : $0.asciiLowercased }
    return type + value.body.array
  }

  /// The value with its type once, when the same type, or the one of a link, stands before the
  /// address again.
  private func withoutRepeatedType(_ value: ScannedValue) -> [UInt8]? {
    let length = value.value.count - value.body.count
    guard length > 0 else { return nil }
    let type = value.value.upTo(length)
    var rest = value.body
    let link = ByteView("mailto:")
    while let again = [type, link].first(where: {
      rest.count > $0.count && rest.upTo($0.count).equalsIgnoringASCIICase($0)
    }) {
      rest = rest.from(again.count)
    }
    return rest.count == value.body.count ? nil : type.array + rest.array
  }

  /// The first address in `value`, with its type where the attribute's values have one.
  private func firstAddress(_ value: ByteView) -> [UInt8]? {
    // Where each address can be a value, none is to be lost.
    guard let first = FirstAddress(in: value),
      attribute != view.attributes.proxyAddresses
        || value.firstIndex(of: 0x40) == value.lastIndex(of: 0x40)
    else { return nil }
    guard view.attributes.isTyped(attribute) else { return first.address.array }
    return first.type.map { $0.array + first.address.array } ?? prefixed(first.address, "smtp")
  }

  /// `SMTP:` when the object has no primary and the value is its mail, or when the attribute has
  /// one value only and no secondary ones; else `smtp:`.
  func prefixed(_ value: ByteView, _ type: String) -> [UInt8] {
    let isMail = view.entry.values(view.attributes.mail).contains { view.isSameText($0, value) }
    let isPrimary =
      attribute != view.attributes.proxyAddresses
      || type == "smtp" && view.primarySMTP == nil && isMail
    let prefix = isPrimary ? type.uppercased() : type.lowercased()
    return Array("\(prefix):".utf8) + value.trimmed.array
  }

  private func domain(for kind: RepairKind, _ value: ScannedValue) -> [UInt8]? {
    guard value.at >= 0 else { return nil }
    if kind == .replaceDomainFromMap {
      guard let order = order(for: value.value) else { return nil }
      if case .domain(let new) = order.target { return Array(new.utf8) }
    }
    guard let primary = view.primarySMTP, let at = primary.lastIndex(of: 0x40) else { return nil }
    let new = primary.from(at + 1)
    var wanted: DomainFacts = [.isRoutable, .isWellFormed]
    if !settings.tenant.verifiedDomains.isEmpty { wanted.insert(.isVerified) }
    return view.domains.facts(new).contains(wanted) ? new.array : nil
  }

  static func joining(_ value: ScannedValue, domain: [UInt8]) -> [UInt8] {
    let end = value.value.count - value.body.count + value.at + 1
    return value.value.upTo(end).array + domain
  }

  /// Changes inside the part that the rule looks at; the rest of the value stays.
  private func withChangedPart(_ kind: RepairKind, _ value: ScannedValue) -> [UInt8]? {
    guard let part = value.part(rule.rule.part),
      let changed = changedPart(kind, part, value), !changed.isEmpty
    else { return nil }
    let prefix = value.value.count - value.body.count
    let start: Int
    switch rule.rule.part {
    case .value, .raw: start = 0
    case .address, .local: start = prefix
    case .domain: start = prefix + value.at + 1
    }
    let after = value.value.from(start + part.count)
    return value.value.upTo(start).array + changed + after.array
  }

  private func changedPart(
    _ kind: RepairKind, _ part: ByteView, _ value: ScannedValue
  ) -> [UInt8]? {
    let arena = view.entry.arena
    switch kind {
    case .removeCharacters, .truncate:
      guard case .value(let check) = rule.check else { return nil }
      return check.repaired(part, by: kind)
    case .removeWhitespace: return TextRepair.withoutWhiteSpace(part)
    case .transliterate:
      if case .value(let check) = rule.check, let own = check.repaired(part, by: kind) {
        return own
      }
      let style: UnicodeText.Transliteration =
        settings.transliteratesGerman ? .german : .microsoft
      return UnicodeText.transliterate(part, style, into: arena).array
    case .fixDots: return TextRepair.withoutStrayDots(part)
    default: return nil
    }
  }
}
