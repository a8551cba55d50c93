/// The objects that a scan reads when no filter is named: what Entra Connect would look at, and
/// whatever else can hold an address that collides with it.
enum DefaultFilter {
  /// The filter for a directory of `kind`.
  static func text(_ kind: ServerDescription.Kind) -> String {
    kind == .other ? other : activeDirectory
  }

  /// Persons, groups, contacts, foreign security principals; computers where they synchronize
  /// (with a certificate, for hybrid join) or hold a name of a person's kind; anything with an
  /// address (public folders, dynamic groups). Replication conflict objects have the class of what
  /// they are a copy of. Every term is indexed in Active Directory.
  private static let activeDirectory =
    "(|(&(objectClass=user)(!(objectClass=computer)))(objectClass=group)(objectClass=contact)"
    + "(objectClass=foreignSecurityPrincipal)(proxyAddresses=*)"
    + "(&(objectClass=computer)(|(userCertificate=*)(userPrincipalName=*)(mail=*))))"

  /// Persons, accounts and groups of the usual schemas (RFC 4519, 2798, 2307, 4524).
  private static let other =
    "(|(objectClass=person)(objectClass=inetOrgPerson)(objectClass=user)(objectClass=contact)"
    + "(objectClass=account)(objectClass=posixAccount)(objectClass=mailRecipient)"
    + "(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=groupOfMembers)"
    + "(objectClass=posixGroup)(objectClass=group)(proxyAddresses=*))"
}
