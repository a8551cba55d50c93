import Bytes
import Directory

/// `routable-domain`, `verified-domain` and `reserved-domain`: what can be said of a domain.
enum DomainCheck: Sendable {
  case routable, verified, reserved

  @inline(__always)
  func fires(_ value: CheckedValue, domains: DomainCache) -> Bool {
    guard value.at >= 0, value.at < value.body.count &- 1 else { return false }
    let facts = domains.facts(value.body.from(value.at &+ 1))
    switch self {
    case .routable: return !facts.contains(.isRoutable)
    case .verified:
      return facts.contains(.isRoutable) && facts.isDisjoint(with: [.isVerified, .isReserved])
    case .reserved: return facts.contains(.isReserved)
    }
  }

  func explain(_ value: CheckedValue, domains: DomainCache) -> Explanation {
    let domain = value.body.from(value.at + 1)
    switch self {
    case .routable: return .reason(domains.unroutableReason(domain))
    case .verified: return .reason("\(domain.string) is not among the verified domains")
    case .reserved: return .reason("\(domain.string) is reserved for the service")
    }
  }
}
