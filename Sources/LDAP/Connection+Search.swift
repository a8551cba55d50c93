internal import CLDAP

/// What one search asks for (RFC 4511 §4.5.1).
struct SearchRequest {
  /// Where to begin.
  var base: String
  /// How deep to go.
  var scope: LDAPURL.Scope
  /// Which objects.
  var filter: String
  /// Which attributes; none means every user attribute.
  var attributes: [String]
}

extension Connection {
  /// A page to ask for (RFC 2696).
  struct Page {
    /// How many entries at most.
    var size: Int
    /// Where it begins: what the last page's answer said; empty for the first.
    var cookie: [UInt8]
  }

  /// Sends a search and returns its message number at once.
  borrowing func startSearch(
    _ request: SearchRequest, page: Page? = nil
  ) throws(LDAPError) -> Int32 {
    let scope =
      switch request.scope {
      case .base: LDAP_SCOPE_BASE
      case .one: LDAP_SCOPE_ONELEVEL
      case .subtree: LDAP_SCOPE_SUBTREE
      }
    var control: UnsafeMutablePointer<LDAPControl>?
    if let page { unsafe control = try pageControl(page) }
    defer { unsafe ldap_control_free(control) }
    var controls = unsafe [control, nil]
    var id: Int32 = 0
    let code = unsafe CStrings.withList(request.attributes) { names in
      unsafe ldap_search_ext(
        handle, request.base, scope, request.filter, names, 0, &controls, nil, nil, 0, &id)
    }
    guard code == LDAP_SUCCESS else {
      var error = failure(code, .search)
      if code == LDAP_FILTER_ERROR {
        error.cause = .refusedHere
        error.summary = "\"\(request.filter)\" is not an LDAP filter"
        error.advice = "a filter is written as in (&(objectClass=user)(mail=*))"
      }
      throw error
    }
    return id
  }

  private borrowing func pageControl(
    _ page: Page
  ) throws(LDAPError) -> UnsafeMutablePointer<LDAPControl>? {
    var control: UnsafeMutablePointer<LDAPControl>?
    let code: Int32 = unsafe page.cookie.withUnsafeBytes { bytes in
      var cookie = unsafe berval()
      unsafe cookie.bv_len = ber_len_t(bytes.count)
      // libldap only reads it.
      unsafe cookie.bv_val = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?
        .assumingMemoryBound(to: CChar.self)
      return unsafe ldap_create_page_control(handle, ber_int_t(page.size), &cookie, 1, &control)
    }
    guard code == LDAP_SUCCESS else { throw failure(code, .search) }
    return unsafe control
  }

  /// The most messages that the answer to a small question may have. A server that sends more means ill.
  private static let mostMessages = 10_000

  /// All entries of a small search; throws what the server says when that is not success.
  borrowing func search(_ request: SearchRequest) throws(LDAPError) -> [LDAPEntry] {
    let id = try startSearch(request)
    var entries: [LDAPEntry] = []
    for _ in 0..<Self.mostMessages {
      let message = try nextMessage(id, .read, limit: operationTimeout)
      switch message.kind {
      case .entry:
        if var cursor = unsafe EntryCursor(session: handle, message: message.handle) {
          entries.append(LDAPEntry(&cursor))
        }
      case .reference, .other:
        continue
      case .result:
        if let error = try message.outcome(self, .read).error(.read, server: server) { throw error }
        return entries
      }
    }
    throw endless(id)
  }

  /// Gives operation `id` up, whose answer does not come to an end.
  private borrowing func endless(_ id: Int32) -> LDAPError {
    abandon(id)
    return LDAPError(
      .read, .garbled, server: server,
      summary: "more than \(Self.mostMessages) messages in answer to a small question",
      advice: "check host and port: this is no directory server that can be relied on")
  }

  /// Tells the server that operation `id` is not waited for any more.
  borrowing func abandon(_ id: Int32) { unsafe ldap_abandon_ext(handle, id, nil, nil) }

  /// The object called `dn`, or nil when there is none (that this login may see).
  borrowing func object(
    _ dn: String, filter: String = "(objectClass=*)", attributes: [String]
  ) throws(LDAPError) -> LDAPEntry? {
    do throws(LDAPError) {
      return try search(
        SearchRequest(base: dn, scope: .base, filter: filter, attributes: attributes)
      ).first
    } catch {
      if error.resultCode == ResultCode.noSuchObject { return nil }
      throw error
    }
  }
}

/// Lists of C strings.
enum CStrings {
  /// Runs `body` on `texts` as a list that ends with a null; on null when there are none.
  static func withList<R>(
    _ texts: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> R
  ) -> R {
    guard !texts.isEmpty else { return body(nil) }
    let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: texts.count + 1)
    defer { unsafe list.deallocate() }
    for (index, text) in texts.enumerated() {
      let bytes = text.utf8CString
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
      for (offset, byte) in bytes.enumerated() { unsafe copy[offset] = byte }
      unsafe list[index] = copy
    }
    unsafe list[texts.count] = nil
    defer {
      for index in texts.indices { unsafe list[index]?.deallocate() }
    }
    return unsafe body(list)
  }
}
