import Bytes
import CLDAP
import FuzzEngine
@testable import LDAP
import LibC

extension FuzzTarget {
  static let ldap = [
    FuzzTarget("messages", upTo: 400, messages),
    FuzzTarget(
      "answers", upTo: 300,
      words: ["ldap://", "ldaps://", "ldapi://", "%2F", "??sub?", ";range=0-", "NAME ( '", "*"],
      answers),
  ]

  /// What a server sends after a search, through libldap: messages, entries, references, results.
  private static func messages(_ bytes: ByteView) throws(Broken) {
    // Of an unsolicited message (number 0, an extended response) libldap asserts that its identifier can
    // be read (ITS#10370, mended in July 2025); nothing above it can help that.
    for index in 1..<max(1, bytes.count) where bytes[index] == 0x78 && bytes[index - 1] == 0 {
      return
    }
    var sockets: [Int32] = [0, 0]
    guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &sockets) == 0 else { return }
    defer { close(sockets[1]) }
    signal(SIGPIPE, SIG_IGN)
    _ = unsafe write(sockets[1], bytes.unsafeBase, bytes.count)
    shutdown(sockets[1], Int32(SHUT_WR))
    var session: UnsafeMutableRawPointer?
    guard unsafe ldap_init_fd(sockets[0], 1, nil, &session) == LDAP_SUCCESS,
      let session = unsafe session
    else {
      close(sockets[0])
      return
    }
    let connection = unsafe Connection(
      OpaquePointer(session), server: "ldap://fuzz", .zero, { false })
    var version = LDAP_VERSION3
    unsafe ldap_set_option(connection.handle, LDAP_OPT_PROTOCOL_VERSION, &version)
    // As in every connection. Without a server's name, references could not be followed either.
    unsafe ldap_set_option(connection.handle, LDAP_OPT_REFERRALS, nil)
    // The socket is closed with the connection; its answers belong to a search that was sent.
    var id: Int32 = 0
    guard
      unsafe ldap_search_ext(
        connection.handle, "", LDAP_SCOPE_BASE, nil, nil, 0, nil, nil, nil, 0, &id)
        == LDAP_SUCCESS
    else { return }
    for _ in 0..<100 {
      guard let message = try? connection.nextMessage(id, .search, limit: .zero) else { return }
      switch message.kind {
      case .entry:
        guard
          var cursor = unsafe EntryCursor(session: connection.handle, message: message.handle)
        else { continue }
        let entry = LDAPEntry(&cursor)
        for attribute in entry.attributes { _ = attribute.name.withByteView { RangeOption($0) } }
      case .reference: _ = message.referenceURLs(connection)
      case .result, .other:
        let outcome = try? message.outcome(connection, .search)
        _ = outcome?.error(.search, server: "ldap://fuzz")?.description
      }
    }
  }

  /// What servers say in values, and people in URLs.
  private static func answers(_ bytes: ByteView) throws(Broken) {
    if let range = RangeOption(bytes) {
      try expect(range.last.map { $0 >= range.first } ?? true, "\(range) ends before it begins")
    }
    _ = PeerCertificate(bytes.array)?.isFor("dc1.contoso.com")
    var rest = bytes.array[...]
    while let element = DER(&rest) { _ = element.children }
    let text = bytes.string
    _ = SchemaFacts.names(text)
    if let encoded = PercentEncoding.decode(PercentEncoding.encode(text)) {
      try expect(encoded == text, "percent encoding changes it")
    }
    guard let url = try? LDAPURL(text) else { return }
    let again = try? LDAPURL(url.server)
    try expect(
      again?.scheme == url.scheme && again?.host == url.host && again?.port == url.port
        && again?.base == nil && again?.server == url.server,
      "\(url.server) is read back as another")
  }
}
