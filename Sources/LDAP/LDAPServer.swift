internal import LDIF
import LibC

/// A directory server, and how to reach it. Nothing is connected until something is asked of it.
///
/// Every call blocks the thread that it is made on until it is done.
public struct LDAPServer: Sendable {
  /// Where it is, and what the URL says about base, scope, filter and attributes.
  public var url: LDAPURL
  /// How to connect and as whom.
  public var options: LDAPConnectionOptions

  /// The server of `url`.
  public init(_ url: LDAPURL, _ options: LDAPConnectionOptions) {
    self.url = url
    self.options = options
  }

  /// Reads what `request` asks for and writes it as LDIF (RFC 2849) to `descriptor` while it
  /// arrives, comment lines with the request at the head and with the outcome at the tail.
  ///
  /// Throws when nothing can be read at all: no connection, no login, a request that is refused
  /// here, a file that cannot be written. Whatever goes wrong later is a problem in the result, and
  /// what was read by then is kept. `progress` is called after every page, on this thread;
  /// `isCancelled` is asked about ten times a second and at every page.
  public func scan(
    _ request: LDAPScanRequest, to descriptor: Int32,
    progress: @escaping (LDAPProgress) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
  ) throws(LDAPError) -> LDAPScanResult {
    try BrokenPipe.ignored { () throws(LDAPError) -> LDAPScanResult in
      let connection = try Connection.connected(to: url, options, isCancelled: isCancelled)
      let description = try connection.describe(url)
      var plan = try ScanPlan(connection, description, url, request)
      plan.reconnect = { [url, options] () throws(LDAPError) -> Connection in
        try Connection.connected(to: url, options, isCancelled: isCancelled)
      }
      plan.idleTimeout = options.idleTimeout
      plan.usesInsecureTLS = options.insecureTLS && (url.scheme == .ldaps || options.startTLS)
      plan.isAnonymous = options.isAnonymous
      var run = ScanRun(
        plan, connection, SnapshotWriter(descriptor), progress: progress, isCancelled: isCancelled)
      try run.readAll()
      return run.result
    }
  }
}

extension Connection {
  /// A connection to `url` with TLS and login done; errors say what is the matter.
  static func connected(
    to url: LDAPURL, _ options: LDAPConnectionOptions, isCancelled: @escaping () -> Bool
  ) throws(LDAPError) -> Connection {
    try refuseContradictions(url, options)
    do throws(LDAPError) {
      let connection = try make(to: url, options, isCancelled: isCancelled)
      try connection.open(url, options)
      try connection.bind(url, options)
      return connection
    } catch {
      throw ConnectFailure.explain(error, url, options)
    }
  }

  private static func refuseContradictions(
    _ url: LDAPURL, _ options: LDAPConnectionOptions
  ) throws(LDAPError) {
    func refuse(_ summary: String, _ advice: String) -> LDAPError {
      LDAPError(.connect, .refusedHere, server: url.server, summary: summary, advice: advice)
    }
    if options.startTLS && url.scheme != .ldap {
      throw refuse("StartTLS is for ldap:// alone", "leave it out")
    }
    if (options.clientCertificate == nil) != (options.clientKey == nil) {
      throw refuse("a client certificate and its key belong together", "name both files")
    }
    try refusePlaintext(url, options)
  }

  /// The root DSE (RFC 4512 §5.1).
  borrowing func describe(_ url: LDAPURL) throws(LDAPError) -> ServerDescription {
    do throws(LDAPError) {
      return ServerDescription(
        try object("", attributes: ServerDescription.attributes), url: url)
    } catch {
      guard error.cause == .refusedByServer else {
        throw ConnectFailure.explain(error, url, LDAPConnectionOptions())
      }
      return ServerDescription(nil, url: url)
    }
  }
}
