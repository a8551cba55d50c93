import Bytes
import Directory
import Rules
import Sync

/// Other spellings of a domain, and several addresses in one value.
extension RepairProposal {
  /// `value` with its domain in ASCII; what stands before the `@` stays as it is.
  func encodedDomain(_ value: ScannedValue) -> [UInt8]? {
    guard value.atCount == 1, value.at > 0, isAddress(value), let domain = value.part(.domain),
      domain.hasNonASCII, let encoded = Domain.asciiForm(of: domain), isUsable(encoded)
    else { return nil }
    return Self.joining(value, domain: encoded)
  }

  /// Whether mail can be sent to `domain`, as far as its name says.
  private func isUsable(_ domain: [UInt8]) -> Bool {
    let facts = view.domains.facts(view.entry.arena.copy(domain))
    return facts.contains([.isRoutable, .isWellFormed, .hasDot])
  }

  /// What becomes of a value with several addresses: the first one, and values of proxyAddresses for the
  /// others, which are not there yet.
  ///
  /// Nil where something of the value would be lost. Where the attribute has one value, the others
  /// need an object that has a primary address: without one, what is added would become the only one.
  func splitAddresses(_ value: ByteView) -> (first: [UInt8], others: [[UInt8]])? {
    let proxies = view.attributes.proxyAddresses
    guard attribute == proxies || attribute == view.attributes.mail && view.primarySMTP != nil,
      let items = AddressList(of: value)?.items
    else { return nil }
    var values: [[UInt8]] = []
    for item in items {
      guard let at = item.address.firstIndex(of: 0x40), isUsable(item.address.from(at + 1).array)
      else { return nil }
      let former = values.last.map { Array($0.prefix { $0 != 0x3A }) + [0x3A] }
      let type = item.type?.array ?? former ?? Array("smtp:".utf8)
      values.append(type.map(\.asciiLowercased) + item.address.array)
    }
    let others = values.dropFirst().reduce(into: [[UInt8]]()) { others, new in
      if !isThere(new), !isSame(new, values[0]), !others.contains(where: { isSame(new, $0) }) {
        others.append(new)
      }
    }
    guard attribute == proxies else { return (items[0].address.array, others) }
    let first = items[0].type.map { $0.array + items[0].address.array }
    return (first ?? prefixed(items[0].address, "smtp"), others)
  }

  private func isThere(_ value: [UInt8]) -> Bool {
    view.entry.values(view.attributes.proxyAddresses).contains { isSame($0.array, value) }
  }

  /// Whether two proxy addresses are the same but for case.
  private func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let arena = view.entry.arena
    return view.isSameText(arena.copy(left), arena.copy(right))
  }

  /// The other addresses of a value of which `edit` leaves the first.
  func additions(of edit: ValueEdit) -> [Companion] {
    guard let old = edit.old,
      let others = splitAddresses(view.entry.arena.copy(old))?.others
    else { return [] }
    return others.map { value in
      Companion(
        edit: AttributeEdit(view.attributes.proxyAddresses, ValueEdit(new: value)),
        reason: "The address stood behind another one in the same value.")
    }
  }
}
