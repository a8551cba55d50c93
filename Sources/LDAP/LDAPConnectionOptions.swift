/// How to connect to a directory server and as whom.
public struct LDAPConnectionOptions: Sendable {
  /// Hands out the password when it is needed. It is asked again when a lost connection is made
  /// anew; what it hands out is wiped after each bind.
  public typealias PasswordProvider = @Sendable () throws(LDAPError) -> LDAPSecret

  /// How the session says who it is.
  public enum Bind: Sendable {
    /// Not at all (RFC 4513 §5.1.1).
    case anonymous
    /// With a name and a password (RFC 4513 §5.1.3). Active Directory takes a UPN as the name too.
    case simple(name: String, password: PasswordProvider)
    /// With a Kerberos ticket or the like (RFC 4513 §5.2).
    case sasl(Mechanism)
  }

  /// A SASL mechanism.
  public enum Mechanism: String, Sendable, CaseIterable {
    /// Kerberos (RFC 4752): the ticket of `kinit`.
    case gssapi = "GSSAPI"
    /// Kerberos as Windows negotiates it.
    case gssSPNEGO = "GSS-SPNEGO"
    /// Who the transport says one is (RFC 4422 appendix A): the local user of an `ldapi` socket, or
    /// the client certificate.
    case external = "EXTERNAL"
  }

  /// How the session says who it is.
  public var bind: Bind = .anonymous
  /// Whether to add TLS to an `ldap://` connection (RFC 4511 §4.14).
  public var startTLS = false
  /// A PEM file of the certificate authorities to trust; nil for the system's.
  public var caFile: String?
  /// A PEM file with the client's certificate.
  public var clientCertificate: String?
  /// A PEM file with the client certificate's key.
  public var clientKey: String?
  /// Whether to accept any certificate: the connection is then encrypted, to an unknown peer.
  public var insecureTLS = false
  /// Whether a password may travel readable for everybody on the way.
  public var allowPlaintext = false
  /// How long connecting, TLS included, may take.
  public var connectTimeout: Duration = .seconds(10)
  /// How long one answer (a bind, a small read) may take.
  public var operationTimeout: Duration = .seconds(30)
  /// How long a scan waits when nothing at all arrives.
  public var idleTimeout: Duration = .seconds(120)

  /// Whether there is no login.
  var isAnonymous: Bool { if case .anonymous = bind { true } else { false } }

  /// Anonymous, verified TLS, ten seconds to connect.
  public init() {}
}
