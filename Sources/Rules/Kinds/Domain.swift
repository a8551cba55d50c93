/// `routable-domain`, `verified-domain` and `reserved-domain`.
package enum DomainSpec: String, CheckSpec {
  /// The domain cannot be verified by any tenant.
  case routable
  /// The domain is not among the tenant's.
  case verified
  /// The domain is reserved for the service.
  case reserved

  package var kind: CheckKind {
    CheckKind("\(rawValue)-domain", keys: [], standsAlone: true) { _ in self }
  }
  package var placeholders: Set<Template.Placeholder> { [.domain, .suffix, .reason] }
}
