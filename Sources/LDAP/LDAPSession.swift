public import Directory

/// An open, logged-in connection, for reading and changing single objects. Closed when it goes.
///
/// Its calls block, and it belongs to one thread at a time.
public struct LDAPSession: ~Copyable {
  /// What the server is.
  public let server: ServerDescription
  private let connection: Connection

  /// A session over `connection`.
  init(_ connection: consuming Connection, _ server: ServerDescription) {
    self.connection = connection
    self.server = server
  }

  /// The object called `dn` with `attributes` (none: every user attribute), complete where the
  /// server hands out values in portions; nil when there is no such object, or none that this login
  /// may see. Secrets are never asked for.
  public borrowing func read(
    _ dn: String, attributes: [String]
  ) throws(LDAPError) -> LDAPEntry? {
    try BrokenPipe.ignored { () throws(LDAPError) -> LDAPEntry? in
      let wanted = attributes.filter { !SecretAttributes.contains($0) }
      guard !wanted.isEmpty || attributes.isEmpty,
        var entry = try connection.object(dn, attributes: wanted)
      else { return nil }
      try connection.completeRanges(of: &entry)
      entry.attributes.removeAll { SecretAttributes.contains($0.name) }
      return entry
    }
  }

  /// Changes the object called `dn`: all of `changes` or none (RFC 4511 §4.6).
  ///
  /// Deleting the old value and adding the new one in the same call is a compare-and-swap: where the
  /// old value is not there any more, the server answers noSuchAttribute (16) and changes nothing.
  /// Servers compare most attributes without regard to case; where case matters, read afterwards.
  public borrowing func modify(_ dn: String, _ changes: [Modification]) throws(LDAPError) {
    try BrokenPipe.ignored { () throws(LDAPError) -> Void in
      try connection.modify(dn, changes)
    }
  }

  /// Who the server says that this session is (RFC 4532), `u:CORP\reader` or `dn:cn=reader,…`; "" for
  /// an anonymous one, nil when the server does not say.
  public borrowing func whoAmI() throws(LDAPError) -> String? {
    try BrokenPipe.ignored { () throws(LDAPError) -> String? in try connection.whoAmI() }
  }
}

extension LDAPServer {
  /// Connects and logs in.
  public func open(
    isCancelled: @escaping () -> Bool = { false }
  ) throws(LDAPError) -> LDAPSession {
    try BrokenPipe.ignored { () throws(LDAPError) -> LDAPSession in
      let connection = try Connection.connected(to: url, options, isCancelled: isCancelled)
      let server = try connection.describe(url)
      return LDAPSession(connection, server)
    }
  }
}
