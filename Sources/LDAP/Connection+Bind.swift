internal import CLDAP

extension Connection {
  /// Says who one is. Throws before anything is sent when a password would travel in the open.
  borrowing func bind(_ url: LDAPURL, _ options: LDAPConnectionOptions) throws(LDAPError) {
    switch options.bind {
    case .anonymous:
      // A session without a bind is anonymous (RFC 4513 §4).
      return
    case .simple(let name, let provider):
      try Self.refusePlaintext(url, options)
      let secret = try provider()
      defer { secret.wipe() }
      try bindSimply(name, secret)
    case .sasl(let mechanism):
      try bindBySASL(mechanism, isEncrypted: unsafe ldap_tls_inplace(handle) != 0)
    }
  }

  /// Throws when a simple bind would show its password to everybody on the way.
  static func refusePlaintext(
    _ url: LDAPURL, _ options: LDAPConnectionOptions
  ) throws(LDAPError) {
    guard case .simple = options.bind, url.scheme == .ldap, !options.startTLS, !url.isLocal,
      !options.allowPlaintext
    else { return }
    throw LDAPError(
      .bind, .refusedHere, server: url.server,
      summary: "the password would travel unencrypted",
      advice: "use ldaps://, --starttls or Kerberos, or --allow-plaintext if you must")
  }

  private borrowing func bindSimply(_ name: String, _ secret: LDAPSecret) throws(LDAPError) {
    guard !name.isEmpty else {
      throw LDAPError(
        .bind, .refusedHere, server: server, summary: "the name is empty",
        advice: "some servers would take that for an anonymous login")
    }
    // A name with an empty password is an anonymous bind that looks like a real one
    // (RFC 4513 §5.1.2).
    guard !secret.isEmpty else {
      throw LDAPError(
        .bind, .refusedHere, server: server, summary: "the password is empty",
        advice: "the server would take that for an anonymous login")
    }
    var id: Int32 = 0
    let code: Int32 = unsafe secret.withBytes { bytes in
      var credentials = unsafe berval()
      unsafe credentials.bv_len = ber_len_t(bytes.count)
      unsafe credentials.bv_val = UnsafeMutableRawPointer(bytes.baseAddress)?
        .assumingMemoryBound(to: CChar.self)
      return unsafe ldap_sasl_bind(handle, name, nil, &credentials, nil, nil, &id)
    }
    guard code == LDAP_SUCCESS else { throw failure(code, .bind) }
    try finish(id, .bind)
  }

  private borrowing func bindBySASL(
    _ mechanism: LDAPConnectionOptions.Mechanism, isEncrypted: Bool
  ) throws(LDAPError) {
    if isEncrypted && mechanism != .external {
      // Active Directory refuses signing and sealing inside TLS.
      var none: ber_len_t = 0
      unsafe ldap_set_option(handle, LDAP_OPT_X_SASL_SSF_MAX, &none)
      // Hardened domain controllers want the login bound to the TLS connection that it travels in.
      if mechanism == .gssSPNEGO {
        var binding = LDAP_OPT_X_SASL_CBINDING_TLS_ENDPOINT
        unsafe ldap_set_option(handle, LDAP_OPT_X_SASL_CBINDING, &binding)
      }
    }
    let code = try exchange(mechanism)
    guard code != LDAP_SUCCESS else { return }
    var error =
      code > 0
      ? Outcome(code: Int(code), text: diagnosticText ?? "").error(.bind, server: server)
        ?? failure(code, .bind)
      : failure(code, .bind)
    if let advice = Self.saslAdvice(mechanism, code, error.serverText ?? "", isEncrypted) {
      error.advice = advice
    }
    throw error
  }

  /// Goes through the messages of `mechanism` with the server and returns libldap's code of the last.
  private borrowing func exchange(
    _ mechanism: LDAPConnectionOptions.Mechanism
  ) throws(LDAPError) -> Int32 {
    // libldap's own name of the mechanism, which it wants back with every step.
    var chosen: UnsafePointer<CChar>?
    var answer: Message?
    while true {
      var id: Int32 = 0
      let code = unsafe ldap_sasl_interactive_bind(
        handle, nil, mechanism.rawValue, nil, nil, UInt32(LDAP_SASL_QUIET), cldap_answer_sasl, nil,
        answer?.handle, &chosen, &id)
      guard code == LDAP_SASL_BIND_IN_PROGRESS else { return code }
      answer = try nextMessage(id, .bind, limit: operationTimeout)
    }
  }

  private static func saslAdvice(
    _ mechanism: LDAPConnectionOptions.Mechanism, _ code: Int32, _ text: String,
    _ isEncrypted: Bool
  ) -> String? {
    let text = text.lowercased()
    guard mechanism != .external else {
      return "EXTERNAL needs ldapi:// or a client certificate that the server accepts"
    }
    if code == LDAP_AUTH_UNKNOWN || text.contains("no worthy mechs") {
      return "the SASL library lacks \(mechanism.rawValue); on Debian and Ubuntu install "
        + "libsasl2-modules-gssapi-mit"
    }
    if text.contains("no kerberos credentials") || text.contains("credentials cache")
      || text.contains("cannot find mechanisms")
    {
      return "there is no Kerberos ticket: run kinit first"
    }
    if code == LDAP_STRONG_AUTH_REQUIRED && isEncrypted {
      return
        "the server wants Kerberos to sign, which cannot be inside TLS: use ldap:// with Kerberos"
    }
    if text.contains("expired") { return "the Kerberos ticket has expired: run kinit again" }
    if text.contains("not found in kerberos database") {
      return "use the host name that the server has in Kerberos, not its address or an alias"
    }
    if text.contains("cannot contact any kdc") || text.contains("cannot find kdc") {
      return "check the realm in /etc/krb5.conf and the network to its domain controllers"
    }
    if text.contains("clock skew") { return "the clocks of this machine and the server differ" }
    return nil
  }

  /// Who the server says that this session is (RFC 4532); nil when it does not know the question.
  borrowing func whoAmI() throws(LDAPError) -> String? {
    var id: Int32 = 0
    let code = unsafe ldap_whoami(handle, nil, nil, &id)
    guard code == LDAP_SUCCESS else { throw failure(code, .whoAmI) }
    let message = try nextMessage(id, .whoAmI, limit: operationTimeout)
    guard try message.outcome(self, .whoAmI).isSuccess else { return nil }
    var identity: UnsafeMutablePointer<berval>?
    guard unsafe ldap_parse_whoami(handle, message.handle, &identity) == LDAP_SUCCESS,
      let found = unsafe identity
    else { return nil }
    defer { unsafe ber_bvfree(found) }
    guard let bytes = unsafe found.pointee.bv_val else { return "" }
    return unsafe String(
      decoding: UnsafeRawBufferPointer(start: bytes, count: Int(found.pointee.bv_len)),
      as: UTF8.self)
  }
}
