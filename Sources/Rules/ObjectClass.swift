/// The class of an object as scope and rules see it, decided once from all objectClass values.
public enum ObjectClass: UInt8, CaseIterable, Sendable {
  case user, inetOrgPerson, contact, group, computer, foreignSecurityPrincipal
  /// A group or standalone managed service account; never synchronized.
  case managedServiceAccount
  /// Anything else.
  case other

  /// The name that rules use.
  public var name: String {
    switch self {
    case .user: "user"
    case .inetOrgPerson: "inetOrgPerson"
    case .contact: "contact"
    case .group: "group"
    case .computer: "computer"
    case .foreignSecurityPrincipal: "foreignSecurityPrincipal"
    case .managedServiceAccount: "managedServiceAccount"
    case .other: "other"
    }
  }
}

/// A set of object classes.
public struct ObjectClassSet: OptionSet, Sendable {
  /// One bit per `ObjectClass`.
  public let rawValue: UInt16
  /// The set with those bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// The set of one class.
  public init(_ member: ObjectClass) { rawValue = 1 << member.rawValue }
  /// Every class.
  public static let any = ObjectClassSet(rawValue: 0xFFFF)
  /// Whether `member` is in the set.
  public func contains(_ member: ObjectClass) -> Bool { contains(ObjectClassSet(member)) }
}
