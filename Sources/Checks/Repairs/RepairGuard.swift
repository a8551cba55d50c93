import Bytes
import Directory
import Sync

extension RuleEvaluator {
  /// Why `value` of `attribute` is left to a person whatever a rule proposes, or nil.
  package func reasonToLeave(_ attribute: AttributeID, _ value: [UInt8]) -> String? {
    RepairGuard(self).reasonToLeave(attribute, entry.arena.copy(value))
  }

  /// `value` of `attribute` without the type before an address.
  package func body(of value: ByteView, _ attribute: AttributeID) -> ByteView {
    view.scan(value, of: attribute).body
  }

  /// `text`, an address without its type, in a form in which equal ones are the same bytes.
  package func addressText(_ text: ByteView) -> [UInt8] {
    UnicodeText.foldCase(text.trimmed, into: entry.arena).map(\.asciiLowercased)
  }

  /// Whether two values of `attribute` have the same type and the same address, in any letters.
  func isSameAddress(_ left: [UInt8], _ right: [UInt8], _ attribute: AttributeID) -> Bool {
    let (one, other) = (
      view.scan(entry.arena.copy(left), of: attribute),
      view.scan(entry.arena.copy(right), of: attribute)
    )
    return one.typeBit == other.typeBit && view.isSameText(one.body, other.body)
  }
}

/// What is never repaired by itself, whatever a rule proposes: it is left to a person.
struct RepairGuard {
  private let evaluator: RuleEvaluator
  private var view: ObjectView { evaluator.view }

  /// A guard for the object that `evaluator` looks at.
  init(_ evaluator: RuleEvaluator) { self.evaluator = evaluator }

  /// What is known of attributes, and of the DN that was asked about last: it is asked with every repair.
  struct Memory {
    fileprivate var attributes: [AttributeID: String?] = [:]
    fileprivate var name: (dn: [UInt8], reason: String?) = ([], nil)
  }

  /// Why `value` of `attribute` is not touched, or nil when it may be.
  func reasonToLeave(_ attribute: AttributeID, _ value: ByteView?) -> String? {
    let attributes = view.attributes
    if attribute == attributes.sAMAccountName {
      return "sAMAccountName is a logon name; changing it is for a person to decide"
    }
    if attribute == CompiledRule.dnAttribute { return "a DN is changed by moving the object" }
    if let reason = attributeReason(attribute) ?? nameReason { return reason }
    if attribute == attributes.userPrincipalName, let reason = upnReason { return reason }
    guard let value else { return nil }
    return addressReason(attribute, value)
  }

  private func attributeReason(_ attribute: AttributeID) -> String? {
    if let known = evaluator.guarded.attributes[attribute] { return known }
    let name = view.sync.table.name(attribute)
    var reason: String?
    if SecretAttributes.contains(name) {
      reason = "\(name) holds a secret, which no patch may hold"
    } else if name == "mS-DS-ConsistencyGuid" || name == "legacyExchangeDN" {
      reason = "\(name) ties the object to its cloud or mailbox counterpart"
    }
    evaluator.guarded.attributes[attribute] = .some(reason)
    return reason
  }

  private var nameReason: String? {
    let dn = view.entry.dn
    if !dn.isEmpty, dn.elementsEqual(evaluator.guarded.name.dn) {
      return evaluator.guarded.name.reason
    }
    var reason: String?
    if (try? DistinguishedName.normalise(dn, into: view.entry.arena)) == nil {
      reason = "the object's DN is no DN (RFC 4514), so no patch can name it"
    } else if Self.isOfConflict(dn) {
      reason = "a replication conflict object must be resolved, not edited"
    }
    evaluator.guarded.name = (dn.array, reason)
    return reason
  }

  /// Whether `dn` has the mark that the directory gives an object whose name two servers have given away.
  private static func isOfConflict(_ dn: ByteView) -> Bool {
    let mark = ByteView("\\0ACNF:")
    for start in dn.indices where dn[start] == 0x5C && start + mark.count <= dn.count {
      if dn[start..<(start + mark.count)].equalsIgnoringASCIICase(mark) { return true }
    }
    return false
  }

  private var upnReason: String? {
    let entry = view.entry
    if entry.has(view.attributes.servicePrincipalName) {
      return "the account runs a service (servicePrincipalName); its UPN may be in key tables"
    }
    if let flags = entry.first(view.attributes.userAccountControl),
      UserAccountControl(flags)?.contains(.smartcardRequired) ?? false
    {
      return "the account must use a smart card, whose certificate names its UPN"
    }
    return nil
  }

  private func addressReason(_ attribute: AttributeID, _ value: ByteView) -> String? {
    let split = view.scan(value, of: attribute)
    if view.attributes.isTyped(attribute), let colon = view.sync.types.prefixEnd(value) {
      let type = value.upTo(colon)
      for kept in [ByteView("X500"), ByteView("X400")] where type.equalsIgnoringASCIICase(kept) {
        return "\(kept.string) addresses keep replies to old messages working"
      }
    }
    guard let domain = split.part(.domain) else { return nil }
    let service = ByteView("onmicrosoft.com")
    guard domain.count >= service.count,
      domain.from(domain.count - service.count).equalsIgnoringASCIICase(service)
    else { return nil }
    let isWhole = domain.count == service.count
    return isWhole || domain[domain.count - service.count - 1] == UInt8(ascii: ".")
      ? "the service manages addresses of onmicrosoft.com" : nil
  }
}
