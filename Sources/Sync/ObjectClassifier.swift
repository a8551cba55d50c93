import Bytes
import Directory
import Rules

/// Decides the class of an object from all its objectClass values, in any order.
///
/// Most specific first: managed service accounts, computer, inetOrgPerson, user, contact, group,
/// foreignSecurityPrincipal. Directories other than Active Directory have persons and groups of
/// other names (RFC 4519 §3, RFC 2307), which count as user and group there.
package struct ObjectClassifier: Sendable {
  private struct Seen: OptionSet {
    let rawValue: UInt16
    static let managedService = Seen(rawValue: 1)
    static let computer = Seen(rawValue: 2)
    static let inetOrgPerson = Seen(rawValue: 4)
    static let user = Seen(rawValue: 8)
    static let contact = Seen(rawValue: 16)
    static let group = Seen(rawValue: 32)
    static let foreignPrincipal = Seen(rawValue: 64)
    static let genericPerson = Seen(rawValue: 128)
    static let genericGroup = Seen(rawValue: 256)
  }

  private static let names: [(name: ByteView, seen: Seen)] = [
    (ByteView("user"), .user),
    (ByteView("group"), .group),
    (ByteView("contact"), .contact),
    (ByteView("computer"), .computer),
    (ByteView("inetOrgPerson"), .inetOrgPerson),
    (ByteView("foreignSecurityPrincipal"), .foreignPrincipal),
    (ByteView("msDS-GroupManagedServiceAccount"), .managedService),
    (ByteView("msDS-ManagedServiceAccount"), .managedService),
    (ByteView("person"), .genericPerson),
    (ByteView("organizationalPerson"), .genericPerson),
    (ByteView("account"), .genericPerson),
    (ByteView("posixAccount"), .genericPerson),
    (ByteView("groupOfNames"), .genericGroup),
    (ByteView("groupOfUniqueNames"), .genericGroup),
    (ByteView("groupOfMembers"), .genericGroup),
    (ByteView("posixGroup"), .genericGroup),
  ]

  let objectClass: AttributeID
  /// The lengths of the names, a bit each.
  private let lengths = Self.names.reduce(UInt64(0)) { $0 | 1 << UInt64($1.name.count) }

  init(objectClass: AttributeID) { self.objectClass = objectClass }

  package func classify(_ entry: Entry, in kind: DirectoryKind) -> ObjectClass {
    var seen: Seen = []
    entry.forEach(objectClass) { _, value in
      // Nearly every value is "top", or one of the names as the schema spells it.
      guard value.count < 64, lengths &>> UInt64(value.count) & 1 != 0 else { return }
      for candidate in Self.names where candidate.name.count == value.count {
        if candidate.name.isSameShort(as: value) || candidate.name.equalsIgnoringASCIICase(value) {
          seen.insert(candidate.seen)
          return
        }
      }
    }
    if seen.contains(.managedService) { return .managedServiceAccount }
    if seen.contains(.computer) { return .computer }
    if seen.contains(.inetOrgPerson) { return .inetOrgPerson }
    if seen.contains(.user) { return .user }
    if seen.contains(.contact) { return .contact }
    if seen.contains(.group) { return .group }
    if seen.contains(.foreignPrincipal) { return .foreignSecurityPrincipal }
    guard kind == .ldap else { return .other }
    if seen.contains(.genericGroup) { return .group }
    return seen.contains(.genericPerson) ? .user : .other
  }
}
