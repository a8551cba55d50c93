import Bytes
import Directory
import Rules
import Sync

/// What an order for a suffix does to addresses: the primary one moves, and the old one stays.
extension RepairProposal {
  /// What is done together with the edit of a candidate.
  struct Companion {
    var edit: AttributeEdit
    var reason: String
    /// Whether it keeps an address that the edit itself would take away.
    var keepsAddress = false
  }

  /// Whether an order for suffixes is what the rule asks for of `value`.
  func isOrdered(_ value: ByteView?) -> Bool {
    rule.rule.repairs.contains { $0.kind == .replaceDomainFromMap } && order(for: value) != nil
  }

  /// The order for the domain of `value`.
  func order(for value: ByteView?) -> SuffixOrders.Order? {
    let orders = settings.suffixOrders
    guard !orders.orders.isEmpty, let value,
      let domain = builder.split(rule, attribute, value).part(.domain)
    else { return nil }
    return orders.order(for: domain, of: view.entry.dn, view.entry.arena)
  }

  /// What goes with `edit`, a repair of `kind`.
  func companions(of kind: RepairKind, _ edit: ValueEdit) -> (
    before: [Companion], after: [Companion]
  ) {
    switch kind {
    case .replaceDomainFromMap: companions(of: edit)
    case .splitAddresses: ([], additions(of: edit))
    default: ([], [])
    }
  }

  /// What goes with `edit`, which gives a primary address another domain: the old address stays as a
  /// secondary one, a secondary one that is the new one already gives way to it, and what is equal to the
  /// old one because it follows the primary address follows.
  private func companions(of edit: ValueEdit) -> (before: [Companion], after: [Companion]) {
    let arena = view.entry.arena
    guard view.attributes.isTyped(attribute), let oldValue = edit.old, let newValue = edit.new
    else { return ([], []) }
    let old = view.scan(arena.copy(oldValue), of: attribute)
    let new = view.scan(arena.copy(newValue), of: attribute)
    guard let kept = retyped(old, isPrimary: false) else { return ([], []) }
    var before: [Companion] = []
    var isThere = false
    view.entry.forEach(attribute) { _, value in
      let other = view.scan(value, of: attribute)
      guard other.typeBit == old.typeBit, !other.isPrimary else { return }
      if view.isSameText(other.body, new.body) {
        before.append(
          Companion(
            edit: AttributeEdit(attribute, ValueEdit(old: value.array)),
            reason: "The address becomes the primary one."))
      }
      isThere = isThere || view.isSameText(other.body, old.body)
    }
    var after: [Companion] = []
    if !isThere {
      after.append(
        Companion(
          edit: AttributeEdit(attribute, ValueEdit(new: kept)),
          reason: "The old address stays as a secondary one, so that nothing sent to it is lost.",
          keepsAddress: true))
    }
    let follower =
      old.typeBit == AddressTypes.smtpBit ? view.attributes.mail : view.attributes.sipAddress
    view.entry.forEach(follower) { _, value in
      let other = view.scan(value, of: follower)
      guard view.isSameText(other.body, old.body),
        RepairGuard(builder.evaluator).reasonToLeave(follower, value) == nil
      else { return }
      let type = other.value.upTo(other.value.count - other.body.count)
      after.append(
        Companion(
          edit: AttributeEdit(
            follower, ValueEdit(old: value.array, new: type.array + new.body.array)),
          reason: "It follows the primary address."))
    }
    return (before, after)
  }
}
