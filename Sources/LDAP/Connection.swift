internal import CLDAP

import LibC

/// One connection to one server; closed when it goes.
///
/// Its calls block, and nothing of it may be used from two threads: its owner owns the
/// thread.
@safe
struct Connection: ~Copyable {
  /// libldap's session. Valid until `deinit`.
  let handle: OpaquePointer
  /// Scheme, host and port, for messages.
  let server: String
  /// How long an answer may take.
  let operationTimeout: Duration
  /// Asked about ten times a second while waiting.
  let isCancelled: () -> Bool

  /// A connection that owns `handle`, a session of libldap.
  @unsafe
  init(
    _ handle: OpaquePointer, server: String, _ operationTimeout: Duration,
    _ isCancelled: @escaping () -> Bool
  ) {
    unsafe self.handle = handle
    self.server = server
    self.operationTimeout = operationTimeout
    self.isCancelled = isCancelled
  }

  /// A connection that is set up but does not lead anywhere yet.
  static func make(
    to url: LDAPURL, _ options: LDAPConnectionOptions, isCancelled: @escaping () -> Bool
  ) throws(LDAPError) -> Connection {
    var made: OpaquePointer?
    let code = unsafe ldap_initialize(&made, plainTarget(url))
    guard code == LDAP_SUCCESS, let made = unsafe made else {
      throw LDAPError.library(code, .connect, server: url.server)
    }
    let connection = unsafe Connection(
      made, server: url.server, options.operationTimeout, isCancelled)
    connection.setLimits(options)
    try connection.setTLS(url, options)
    return connection
  }

  deinit {
    unsafe ldap_unbind_ext_s(handle, nil, nil)
  }

  /// The URL that libldap is given. TLS is added by hand once the connection is there: only then can
  /// a handshake that never ends be cut short.
  private static func plainTarget(_ url: LDAPURL) -> String {
    guard url.scheme == .ldaps else { return url.server }
    var plain = url
    plain.scheme = .ldap
    plain.port = url.effectivePort
    return plain.server
  }

  /// Connects now rather than with the first request, TLS included.
  borrowing func open(_ url: LDAPURL, _ options: LDAPConnectionOptions) throws(LDAPError) {
    let code = unsafe ldap_connect(handle)
    guard code == LDAP_SUCCESS else { throw failure(code, .connect) }
    limitReads()
    if url.scheme == .ldaps { try addTLS(.connect, limit: options.connectTimeout) }
    if options.startTLS { try addTLS(.startTLS, limit: options.connectTimeout) }
  }

  /// Once a part of a message is there, libldap waits for the rest in read(2), whatever time-out it
  /// was given. A read that ends after a moment lets it look at its clock, and us at ours.
  private borrowing func limitReads() {
    var socket: Int32 = -1
    unsafe ldap_get_option(handle, LDAP_OPT_DESC, &socket)
    guard socket >= 0 else { return }
    var limit = timeval(tv_sec: 0, tv_usec: 100_000)
    let size = socklen_t(MemoryLayout<timeval>.size)
    unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
  }

  /// Protocol 3, time-outs, no chasing of references: what the library's defaults leave to
  /// configuration files of the machine is said here, once, for every connection.
  private borrowing func setLimits(_ options: LDAPConnectionOptions) {
    var version = LDAP_VERSION3
    unsafe ldap_set_option(handle, LDAP_OPT_PROTOCOL_VERSION, &version)
    unsafe ldap_set_option(handle, LDAP_OPT_REFERRALS, nil)
    var network = timeval(options.connectTimeout)
    unsafe ldap_set_option(handle, LDAP_OPT_NETWORK_TIMEOUT, &network)
    var operation = timeval(options.operationTimeout)
    unsafe ldap_set_option(handle, LDAP_OPT_TIMEOUT, &operation)
    var dereference = LDAP_DEREF_NEVER
    unsafe ldap_set_option(handle, LDAP_OPT_DEREF, &dereference)
    var unlimited = Int32(0)
    unsafe ldap_set_option(handle, LDAP_OPT_SIZELIMIT, &unlimited)
    unsafe ldap_set_option(handle, LDAP_OPT_TIMELIMIT, &unlimited)
    // Ask for the service by the name that was given, not by what a reverse look-up makes of it.
    unsafe ldap_set_option(handle, LDAP_OPT_X_SASL_NOCANON, cldap_option_on())
  }

  /// The result code of the last call that failed without giving one.
  var lastCode: Int32 {
    var code: Int32 = 0
    unsafe ldap_get_option(handle, LDAP_OPT_RESULT_CODE, &code)
    return code
  }

  /// The text that belongs to the last failure, when the library kept one.
  var diagnosticText: String? { text(LDAP_OPT_DIAGNOSTIC_MESSAGE) }

  /// The library's text for `option`, of which it hands out a copy; nil when there is none.
  borrowing func text(_ option: Int32) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    unsafe ldap_get_option(handle, option, &text)
    guard let text = unsafe text else { return nil }
    defer { unsafe ldap_memfree(text) }
    let plain = unsafe String(cString: text)
    return plain.isEmpty ? nil : plain
  }

  /// The error of a call that failed on this side of the wire.
  borrowing func failure(_ code: Int32, _ operation: LDAPError.Operation) -> LDAPError {
    var error = LDAPError.library(code, operation, server: server)
    error.serverText = diagnosticText
    return error
  }

  /// The next message of operation `id`. Waits for at most `limit`; throws when it is over, when the
  /// connection is gone or when it was cancelled.
  borrowing func nextMessage(
    _ id: Int32, _ operation: LDAPError.Operation, limit: Duration
  ) throws(LDAPError) -> Message {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while true {
      var message: OpaquePointer?
      var slice = timeval(tv_sec: 0, tv_usec: 100_000)
      let kind = unsafe ldap_result(handle, id, LDAP_MSG_ONE, &slice, &message)
      if kind > 0, let message = unsafe message { return unsafe Message(message) }
      if isCancelled() {
        abandon(id)
        throw LDAPError(operation, .cancelled, server: server, summary: "cancelled")
      }
      if kind < 0 { throw lost(operation) }
      if ContinuousClock.now >= deadline {
        abandon(id)
        throw LDAPError(
          operation, .timedOut, server: server,
          summary: "no answer within \(limit.components.seconds) s",
          advice: "the server hangs or the network drops packets; try another server or a longer "
            + "time-out")
      }
    }
  }

  /// The error of a connection that does not go on.
  private borrowing func lost(_ operation: LDAPError.Operation) -> LDAPError {
    let code = lastCode
    var error = failure(code, operation)
    // A notice of disconnection (RFC 4511 §4.4.1) leaves the server's own code.
    if code > 0 {
      error.cause = .connectionLost
      error.summary = "the server ends the connection: \(ResultCode.name(Int(code)))"
    }
    return error
  }

  /// The result that ends operation `id`, when it is success; throws what the server said otherwise.
  borrowing func finish(
    _ id: Int32, _ operation: LDAPError.Operation
  ) throws(LDAPError) {
    let message = try nextMessage(id, operation, limit: operationTimeout)
    let outcome = try message.outcome(self, operation)
    if let error = outcome.error(operation, server: server) { throw error }
  }
}

extension LDAPError {
  /// The error for one of libldap's own codes, which are negative.
  static func library(_ code: Int32, _ operation: Operation, server: String) -> LDAPError {
    var error =
      switch code {
      case LDAP_SERVER_DOWN:
        LDAPError(
          operation, .connectionLost, server: server, summary: "the connection is lost",
          advice: "the server closed it, or what it sends is not LDAP")
      case LDAP_TIMEOUT:
        LDAPError(operation, .timedOut, server: server, summary: "no answer in time")
      case LDAP_DECODING_ERROR:
        LDAPError(
          operation, .garbled, server: server, summary: "what the server sends is not LDAP",
          advice: "check host and port: some other service may listen there")
      case LDAP_CONNECT_ERROR:
        LDAPError(operation, .unreachable, server: server, summary: "no connection")
      default:
        unsafe LDAPError(
          operation, .local, server: server,
          summary: String(cString: ldap_err2string(code)).lowercased())
      }
    error.resultCode = Int(code)
    return error
  }
}

extension timeval {
  /// `duration` in C's terms.
  init(_ duration: Duration) {
    let parts = duration.components
    self.init(
      tv_sec: Int(parts.seconds), tv_usec: Int(parts.attoseconds / 1_000_000_000_000))
  }
}
