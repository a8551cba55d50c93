import Bytes
import Directory

/// `routable-domain`, `verified-domain` and `reserved-domain`: what can be said of a domain.
enum DomainCheck: Sendable {
  case routable, verified, reserved

  @inline(__always)
  func fires(_ value: ScannedValue, domains: DomainCache) -> Bool {
    guard value.at >= 0 else { return false }
    let domain = value.domainPart
    guard !domain.isEmpty else { return false }
    return fires(domains.facts(domain))
  }

  /// Whether it fires on a domain of which `facts` are known.
  @inline(__always)
  func fires(_ facts: DomainFacts) -> Bool {
    switch self {
    case .routable: !facts.contains(.isRoutable)
    case .verified:
      facts.contains(.isRoutable) && facts.isDisjoint(with: [.isVerified, .isReserved])
    case .reserved: facts.contains(.isReserved)
    }
  }

  func explain(_ value: ScannedValue, domains: DomainCache) -> Explanation {
    let domain = value.domainPart
    switch self {
    case .routable: return .reason(domains.unroutableReason(domain))
    case .verified: return .reason("\(domain.string) is not among the verified domains")
    case .reserved: return .reason("\(domain.string) is reserved for the service")
    }
  }
}
