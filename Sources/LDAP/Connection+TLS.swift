internal import System
internal import CLDAP

extension Connection {
  /// Says whom to trust. What /etc/ldap/ldap.conf says about verification does not count.
  borrowing func setTLS(_ url: LDAPURL, _ options: LDAPConnectionOptions) throws(LDAPError) {
    guard url.scheme == .ldaps || options.startTLS else { return }
    if let file = options.caFile { try CertificateFile.checkCertificates(file, server: server) }
    try setFile(LDAP_OPT_X_TLS_CACERTFILE, options.caFile)
    try setFile(LDAP_OPT_X_TLS_CERTFILE, options.clientCertificate)
    try setFile(LDAP_OPT_X_TLS_KEYFILE, options.clientKey)
    var demand = options.insecureTLS ? LDAP_OPT_X_TLS_NEVER : LDAP_OPT_X_TLS_DEMAND
    unsafe ldap_set_option(handle, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand)
    var oldest = Int32(3 << 8 + 3)  // TLS 1.2; the header's macro is not imported.
    unsafe ldap_set_option(handle, LDAP_OPT_X_TLS_PROTOCOL_MIN, &oldest)
    var isServer: Int32 = 0
    let code = unsafe ldap_set_option(handle, LDAP_OPT_X_TLS_NEWCTX, &isServer)
    guard code == LDAP_SUCCESS else {
      let files = [options.caFile, options.clientCertificate, options.clientKey].compactMap(\.self)
      throw LDAPError(
        .connect, .tls, server: server, summary: "TLS cannot be set up",
        advice: files.isEmpty
          ? "check TLS_CACERT in /etc/ldap/ldap.conf, or name the CA's file"
          : "check that \(files.joined(separator: ", ")) are PEM files and belong together")
    }
  }

  private borrowing func setFile(_ option: Int32, _ path: String?) throws(LDAPError) {
    guard let path else { return }
    try CertificateFile.check(path, server: server)
    unsafe ldap_set_option(handle, option, path)
  }

  /// Adds TLS to the open connection: at once, or after asking for it (RFC 4511 §4.14). libldap would
  /// wait for ever for a server that takes the connection and says nothing.
  borrowing func addTLS(
    _ operation: LDAPError.Operation, limit: Duration
  ) throws(LDAPError) {
    var socket: Int32 = -1
    unsafe ldap_get_option(handle, LDAP_OPT_DESC, &socket)
    let watchdog = SocketWatchdog(socket, limit: limit)
    let code =
      operation == .startTLS
      ? unsafe ldap_start_tls_s(handle, nil, nil) : unsafe ldap_install_tls(handle)
    let isLate = watchdog.stop()
    guard code != LDAP_SUCCESS else { return }
    if isLate {
      throw LDAPError(
        operation, .timedOut, server: server,
        summary: "no TLS handshake within \(limit.components.seconds) s")
    }
    guard code < 0 else {
      let outcome = Outcome(code: Int(code), text: diagnosticText ?? "")
      throw outcome.error(operation, server: server) ?? failure(code, operation)
    }
    throw failure(code, operation)
  }

  /// The version and cipher of TLS on the connection, `TLS1.3, AES-256-GCM`; nil without TLS.
  var tlsSummary: String? {
    guard unsafe ldap_tls_inplace(handle) != 0 else { return nil }
    return [text(LDAP_OPT_X_TLS_VERSION), text(LDAP_OPT_X_TLS_CIPHER)].compactMap(\.self)
      .joined(separator: ", ")
  }

  /// The strength factor (SSF) of the SASL layer in use, in bits of the key; 0 without one.
  var loginStrength: Int {
    var strength: ber_len_t = 0
    unsafe ldap_get_option(handle, LDAP_OPT_X_SASL_SSF, &strength)
    return Int(clamping: strength)
  }

  /// The server's certificate in DER, or nil when there is none.
  var peerCertificate: [UInt8]? {
    guard unsafe ldap_tls_inplace(handle) != 0 else { return nil }
    var der = unsafe berval()
    guard unsafe ldap_get_option(handle, LDAP_OPT_X_TLS_PEERCERT, &der) == LDAP_SUCCESS,
      let bytes = unsafe der.bv_val
    else { return nil }
    defer { unsafe ldap_memfree(bytes) }
    return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: Int(der.bv_len)))
  }
}
