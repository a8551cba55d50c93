/// Finds out why there is no connection. libldap has the same words for a wrong name, a closed port
/// and a certificate that it does not trust; GnuTLS beneath it says nothing at all.
enum ConnectFailure {
  /// `error`, or one that says more where connecting or TLS is what failed.
  static func explain(
    _ error: LDAPError, _ url: LDAPURL, _ options: LDAPConnectionOptions
  ) -> LDAPError {
    let causes: [LDAPError.Cause] = [.connectionLost, .unreachable, .timedOut, .local]
    guard causes.contains(error.cause) else { return error }
    guard error.operation == .connect || error.operation == .startTLS else {
      return error.cause == .connectionLost && !error.isServersWord ? hungUp(error, url) : error
    }
    if let network = network(error, url, options) { return network }
    guard url.scheme == .ldaps || options.startTLS else { return hungUp(error, url) }
    return tls(error, url, options)
  }

  /// The connection came about and went again before anything was read.
  private static func hungUp(_ error: LDAPError, _ url: LDAPURL) -> LDAPError {
    refined(
      error, .connectionLost, "the server takes the connection and hangs up",
      url.scheme == .ldap
        ? "check the port: one for TLS wants ldaps://" : "the server's log may say why")
  }

  private static func refined(
    _ error: LDAPError, _ cause: LDAPError.Cause, _ summary: String, _ advice: String
  ) -> LDAPError {
    LDAPError(error.operation, cause, server: error.server, summary: summary, advice: advice)
  }

  /// What is wrong below TLS and LDAP; nil when a server listens there.
  private static func network(
    _ error: LDAPError, _ url: LDAPURL, _ options: LDAPConnectionOptions
  ) -> LDAPError? {
    func explained(_ summary: String, _ advice: String) -> LDAPError {
      refined(error, .unreachable, summary, advice)
    }
    guard let port = url.effectivePort else {
      guard !url.host.isEmpty else {
        return explained(
          "nobody listens on the default socket of this machine's LDAP library",
          "name the server's, as in ldapi://%2Frun%2Fslapd%2Fldapi")
      }
      guard case .unreachable(let reason) = NetworkProbe.local(url.host) else {
        return explained("nobody listens on \(url.host)", "start the server, or check the path")
      }
      return explained("\(url.host): \(reason)", "check the socket's path and its permissions")
    }
    switch NetworkProbe.tcp(url.host, port, limit: options.connectTimeout) {
    case .open:
      return nil
    case .unknownName(let reason):
      return explained(
        "the host name \(url.host) cannot be resolved: \(reason)", "check the name and the DNS")
    case .refused:
      return explained(
        "nobody listens on port \(port) of \(url.host)",
        "check the port (389, LDAPS 636, Global Catalog 3268 and 3269) and that the server runs")
    case .noAnswer:
      return explained(
        "\(url.host) does not answer on port \(port) within "
          + "\(options.connectTimeout.components.seconds) s",
        "a firewall drops it, or the machine is down")
    case .unreachable(let reason):
      return explained("\(url.host) cannot be reached: \(reason)", "check the network")
    }
  }

  /// What is wrong with TLS: a handshake that accepts anything shows the certificate.
  private static func tls(
    _ error: LDAPError, _ url: LDAPURL, _ options: LDAPConnectionOptions
  ) -> LDAPError {
    guard !options.insecureTLS, error.cause != .timedOut else { return noTLS(error, url) }
    var lenient = options
    lenient.insecureTLS = true
    lenient.bind = .anonymous
    do throws(LDAPError) {
      let connection = try Connection.make(to: url, lenient, isCancelled: { false })
      try connection.open(url, lenient)
      guard let der = connection.peerCertificate, let certificate = PeerCertificate(der) else {
        return refined(
          error, .tls, "the server's certificate is not one to trust",
          "name its authority's file by --ca-file")
      }
      return distrust(error, certificate, url, options)
    } catch {
      return noTLS(error, url)
    }
  }

  private static func noTLS(_ error: LDAPError, _ url: LDAPURL) -> LDAPError {
    if error.cause == .timedOut {
      return refined(
        error, .timedOut, "the server does not finish the TLS handshake",
        "check the port: perhaps another service listens there")
    }
    return refined(
      error, .tls, "the server answers, but not with TLS 1.2 or later",
      url.scheme == .ldaps
        ? "check the port (636, 3269), or use ldap:// with StartTLS"
        : "the server may have no certificate; try ldaps://")
  }

  /// Why `certificate` is not trusted: what can be seen is checked, the authority is what is left.
  private static func distrust(
    _ error: LDAPError, _ certificate: PeerCertificate, _ url: LDAPURL,
    _ options: LDAPConnectionOptions
  ) -> LDAPError {
    let name = "the certificate of \"\(certificate.subject)\""
    let now = Clock.now
    if certificate.notAfter < now {
      return refined(
        error, .tls, "\(name) expired on \(UTCTime.text(certificate.notAfter))",
        "renew it on the server")
    }
    if certificate.notBefore > now {
      return refined(
        error, .tls, "\(name) is not valid before \(UTCTime.text(certificate.notBefore))",
        "check this machine's clock")
    }
    if !certificate.isFor(url.host) {
      let names = certificate.names.prefix(5).joined(separator: ", ")
      return refined(
        error, .tls, "\(name) is for \(names), not for \(url.host)",
        "use one of these names in the URL")
    }
    let source = options.caFile.map { "in \($0)" } ?? "among this machine's trusted authorities"
    let issuer =
      certificate.isSelfSigned
      ? "it is self-signed and not \(source)"
      : "its issuer \"\(certificate.issuer)\" is not \(source)"
    return refined(
      error, .tls, "\(name) is not trusted: \(issuer)",
      "name the authority's file (PEM) by --ca-file")
  }
}
