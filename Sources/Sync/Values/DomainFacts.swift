/// What is known of a domain.
public struct DomainFacts: OptionSet, Sendable {
  /// One bit per fact.
  public let rawValue: UInt8

  /// The facts with those bits.
  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Labels of host-name characters, none empty, none over 63.
  @inlinable public static var isWellFormed: DomainFacts { DomainFacts(rawValue: 1) }
  /// Two labels or more.
  @inlinable public static var hasDot: DomainFacts { DomainFacts(rawValue: 2) }
  /// Nothing but perhaps its form keeps a tenant from verifying it.
  @inlinable public static var isRoutable: DomainFacts { DomainFacts(rawValue: 4) }
  /// It is among the verified domains, or belongs to the tenant by name.
  @inlinable public static var isVerified: DomainFacts { DomainFacts(rawValue: 8) }
  /// The service keeps it for itself.
  @inlinable public static var isReserved: DomainFacts { DomainFacts(rawValue: 16) }
}
