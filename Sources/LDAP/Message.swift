internal import Bytes
internal import CLDAP

/// One message from the server; freed when it goes.
@safe
struct Message: ~Copyable {
  /// What kind of message it is (RFC 4511 §4.2).
  enum Kind {
    case entry
    case reference
    case result
    case other
  }

  /// libldap's message. Valid until `deinit`.
  let handle: OpaquePointer

  /// Takes over `handle`.
  @unsafe
  init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  deinit {
    unsafe ldap_msgfree(handle)
  }

  /// What kind of message it is.
  var kind: Kind {
    switch UInt(bitPattern: Int(unsafe ldap_msgtype(handle))) {
    case UInt(LDAP_RES_SEARCH_ENTRY): .entry
    case UInt(LDAP_RES_SEARCH_REFERENCE): .reference
    case UInt(LDAP_RES_INTERMEDIATE), UInt(LDAP_RES_UNSOLICITED): .other
    default: .result
    }
  }

  /// Gives the libldap message away: the taker frees it.
  @unsafe
  consuming func take() -> OpaquePointer {
    let handle = unsafe handle
    discard self
    return unsafe handle
  }

  /// What a message that ends an operation says.
  borrowing func outcome(
    _ connection: borrowing Connection, _ operation: LDAPError.Operation
  ) throws(LDAPError) -> Outcome {
    var code: Int32 = 0
    var matched: UnsafeMutablePointer<CChar>?
    var text: UnsafeMutablePointer<CChar>?
    var referrals: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    var controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
    let parsed = unsafe ldap_parse_result(
      connection.handle, handle, &code, &matched, &text, &referrals, &controls, 0)
    defer {
      unsafe ldap_memfree(matched)
      unsafe ldap_memfree(text)
      unsafe ber_memvfree(
        UnsafeMutableRawPointer(referrals)?.assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
      unsafe ldap_controls_free(controls)
    }
    guard parsed == LDAP_SUCCESS else { throw connection.failure(parsed, operation) }
    var outcome = Outcome(code: Int(code))
    if let text = unsafe text { unsafe outcome.text = String(cString: text) }
    if let matched = unsafe matched { unsafe outcome.matchedDN = String(cString: matched) }
    unsafe outcome.referrals = strings(referrals)
    unsafe outcome.readPage(connection, controls)
    return outcome
  }

  /// The URLs of a search reference (RFC 4511 §4.5.3).
  borrowing func referenceURLs(_ connection: borrowing Connection) -> [String] {
    var urls: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    let code = unsafe ldap_parse_reference(connection.handle, handle, &urls, nil, 0)
    defer {
      unsafe ber_memvfree(
        UnsafeMutableRawPointer(urls)?.assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
    }
    return code == LDAP_SUCCESS ? unsafe strings(urls) : []
  }
}

/// The strings of a C list that ends with a null.
private func strings(
  _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> [String] {
  guard var next = unsafe list else { return [] }
  var result: [String] = []
  while let text = unsafe next.pointee {
    unsafe result.append(String(cString: text))
    unsafe next += 1
  }
  return result
}

/// How an operation ended (RFC 4511 §4.1.9).
struct Outcome {
  /// The result code.
  var code: Int
  /// What the server said.
  var text = ""
  /// The part of the name that exists.
  var matchedDN = ""
  /// Where else to ask.
  var referrals: [String] = []
  /// Where the next page begins (RFC 2696); empty when there is none.
  var cookie: [UInt8] = []
  /// How many entries the server thinks there are; nil when it does not say.
  var estimate: Int?
  /// Whether the server answered the paging control at all.
  var isPaged = false
  /// Whether it did, in a way that cannot be read.
  var isPageGarbled = false
  /// Whether the end was not waited for.
  var isCutShort = false

  /// Whether it ended well.
  var isSuccess: Bool { code == ResultCode.success }

  fileprivate mutating func readPage(
    _ connection: borrowing Connection,
    _ controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
  ) {
    guard let controls = unsafe controls,
      let control = unsafe ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, nil)
    else { return }
    var count: ber_int_t = 0
    var next = unsafe berval()
    // Without a value, or with an empty one, libldap would end the program.
    guard unsafe control.pointee.ldctl_value.bv_len > 0,
      unsafe ldap_parse_pageresponse_control(connection.handle, control, &count, &next)
        == LDAP_SUCCESS
    else {
      isPageGarbled = true
      return
    }
    isPaged = true
    if count > 0 { estimate = Int(count) }
    if let bytes = unsafe next.bv_val {
      unsafe cookie = Array(
        UnsafeRawBufferPointer(start: bytes, count: Int(next.bv_len)))
      unsafe ldap_memfree(bytes)
    }
  }

  /// The error that this is, or nil when it is success; `isAnonymous` says that there is no login.
  func error(
    _ operation: LDAPError.Operation, server: String, isAnonymous: Bool = false
  ) -> LDAPError? {
    guard !isSuccess else { return nil }
    var error = LDAPError(
      operation, .refusedByServer, server: server, summary: ResultCode.name(code))
    error.resultCode = code
    error.serverText = text.isEmpty ? nil : HostileText.oneLine(text)
    error.matchedDN = matchedDN.isEmpty ? nil : matchedDN
    error.advice =
      isAnonymous && code == ResultCode.noSuchObject
      ? ResultCode.anonymousAdvice : ResultCode.advice(code, operation, text: text)
    if !referrals.isEmpty {
      let list = referrals.prefix(3).joined(separator: " ")
      error.advice = (error.advice.map { $0 + ": " } ?? "the server refers to ") + list
    }
    return error
  }
}
