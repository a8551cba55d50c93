import Bytes
import Directory
import Rules
import Sync

/// `address`: the form of an address, demand by demand.
struct AddressCheck: ValueCheck {
  /// A bit per aspect, so that copying the check costs nothing.
  private let demands: UInt8

  init(aspects: [AddressAspect]) {
    demands = aspects.reduce(0) { $0 | Self.bit($1) }
  }

  private static func bit(_ aspect: AddressAspect) -> UInt8 {
    1 << UInt8(AddressAspect.allCases.firstIndex(of: aspect) ?? 0)
  }

  var supplies: Set<Template.Placeholder> { [.reason] }

  func fires(_ value: ScannedValue, _ view: ObjectView) -> Bool {
    // Plain addresses, nearly all, meet every demand at once.
    if value.atCount == 1, value.at > 0, value.at < value.body.count &- 1,
      view.domains.facts(value.domainPart).contains([.isWellFormed, .hasDot]),
      Self.isDotAtom(value.localPart)
    {
      return false
    }
    return fault(value, view.domains) != nil
  }

  func explain(_ value: ScannedValue, _ view: ObjectView) -> Explanation {
    guard let aspect = fault(value, view.domains) else { return Explanation() }
    let reason = Self.reason(aspect, value)
    // A rule about white space is silent beside one about the form.
    return .reason(
      Self.holdsWhiteSpace(value) ? "\(reason); it also holds white space" : reason)
  }

  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool) {
    screen.stop(unlessDomain: { $0.isSuperset(of: [.isWellFormed, .hasDot]) })
  }

  private func fault(_ value: ScannedValue, _ domains: DomainCache) -> AddressAspect? {
    AddressAspect.allCases.first { aspect in
      guard demands & Self.bit(aspect) != 0 else { return false }
      guard aspect != .oneAt else { return value.atCount != 1 }
      guard value.at >= 0 else { return false }
      let local = value.localPart
      let domain = value.domainPart
      switch aspect {
      case .oneAt: return false
      case .localPart: return local.isEmpty
      case .domain: return domain.isEmpty
      case .dotAtom: return !local.isEmpty && !Self.isDotAtom(local)
      case .dottedDomain: return !domain.isEmpty && domain.firstIndex(of: 0x2E) == nil
      case .domainLabels:
        return !domain.isEmpty && !domains.facts(domain).contains(.isWellFormed)
      }
    }
  }

  /// Whether white space or a control character stands in what is before the `@`, or all there is.
  private static func holdsWhiteSpace(_ value: ScannedValue) -> Bool {
    let text = value.at < 0 ? value.body : value.body.upTo(value.at)
    return UnicodeText.elements(text).contains { _, element in
      element.scalar.map { UnicodeText.isWhiteSpace($0) || UnicodeText.isControl($0) } ?? false
    }
  }

  /// Whether no dot stands first, last or beside another.
  @inline(__always)
  static func isDotAtom(_ local: ByteView) -> Bool {
    var previous: UInt8 = 0x2E
    for index in 0..<local.count {
      let byte = unsafe local.unsafeBase[index]
      if byte == 0x2E, previous == 0x2E { return false }
      previous = byte
    }
    return previous != 0x2E
  }

  private static func reason(_ aspect: AddressAspect, _ value: ScannedValue) -> String {
    let domain = value.at < 0 ? ByteView.empty : value.domainPart
    switch aspect {
    case .oneAt: return value.atCount == 0 ? "it has no \"@\"" : "it has \(value.atCount) \"@\""
    case .localPart: return "nothing stands before the \"@\""
    case .domain: return "nothing stands after the \"@\""
    case .dotAtom: return "the part before the \"@\" begins or ends with a dot or has two in a row"
    case .dottedDomain: return "the domain \"\(domain.string)\" has no dot"
    case .domainLabels: return DomainCache.malformation(domain)
    }
  }
}

extension AddressSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck { .value(AddressCheck(aspects: aspects)) }
}
