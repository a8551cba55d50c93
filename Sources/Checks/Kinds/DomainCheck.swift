import Bytes
import Directory
import Rules
import Sync

/// `routable-domain`, `verified-domain` and `reserved-domain`: what can be said of a domain.
enum DomainCheck: ValueCheck {
  case routable, verified, reserved

  var supplies: Set<Template.Placeholder> { [.reason] }

  func fires(_ value: ScannedValue, _ view: ObjectView) -> Bool {
    guard value.at >= 0 else { return false }
    let domain = value.domainPart
    guard !domain.isEmpty else { return false }
    return fires(view.domains.facts(domain))
  }

  /// Whether it fires on a domain of which `facts` are known.
  private func fires(_ facts: DomainFacts) -> Bool {
    switch self {
    case .routable: !facts.contains(.isRoutable)
    case .verified:
      facts.isSuperset(of: [.isRoutable, .isWellFormed])
        && facts.isDisjoint(with: [.isVerified, .isReserved])
    case .reserved: facts.contains(.isReserved)
    }
  }

  func explain(_ value: ScannedValue, _ view: ObjectView) -> Explanation {
    let domain = value.domainPart
    switch self {
    case .routable: return .reason(view.domains.unroutableReason(domain))
    case .verified: return .reason("\(domain.string) is not among the verified domains")
    case .reserved: return .reason("\(domain.string) is reserved for the service")
    }
  }

  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool) {
    screen.stop(unlessDomain: { !fires($0) })
  }
}

extension DomainSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck {
    switch self {
    case .routable: .value(DomainCheck.routable)
    case .verified:
      ruleSet.settings.tenant.verifiedDomains.isEmpty
        ? .off("needs --verified-domain") : .value(DomainCheck.verified)
    case .reserved: .value(DomainCheck.reserved)
    }
  }
}
