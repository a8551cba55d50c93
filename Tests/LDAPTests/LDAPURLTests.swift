import Testing

@testable import LDAP

@Suite struct LDAPURLTests {
  @Test func everyPartIsRead() throws {
    let url = try LDAPURL(
      "LDAPS://dc1.example.com:3269/OU=Sales%20%26%20More,DC=example,DC=com?cn,mail?one?(mail=a%3Fb)?x=y"
    )
    #expect(url.scheme == .ldaps)
    #expect(url.host == "dc1.example.com")
    #expect(url.port == 3269)
    #expect(url.isGlobalCatalogPort)
    #expect(url.base == "OU=Sales & More,DC=example,DC=com")
    #expect(url.attributes == ["cn", "mail"])
    #expect(url.scope == .one)
    #expect(url.filter == "(mail=a?b)")
    #expect(url.server == "ldaps://dc1.example.com:3269")
  }

  @Test(
    arguments: [
      ("ldap://h", nil, 389, "ldap://h"), ("ldap://h/", nil, 389, "ldap://h"),
      ("ldaps://h", nil, 636, "ldaps://h"), ("ldap://h:/dc=x", "dc=x", 389, "ldap://h"),
      ("ldap://[2001:db8::1]:390/dc=x??base", "dc=x", 390, "ldap://[2001:db8::1]:390"),
      ("ldapi:///dc=x", "dc=x", nil, "ldapi://"),
      ("ldapi://%2Frun%2Fldapi/dc=x", "dc=x", nil, "ldapi://%2Frun%2Fldapi"),
    ] as [(String, String?, Int?, String)])
  func shortForms(text: String, base: String?, port: Int?, server: String) throws {
    let url = try LDAPURL(text)
    #expect(url.base == base)
    #expect(url.effectivePort == port)
    #expect(url.server == server)
    #expect(url.attributes.isEmpty)
    #expect(url.filter == nil)
  }

  @Test(arguments: [
    ("http://h", "not an LDAP URL"), ("ldap:h", "not an LDAP URL"), ("", "not an LDAP URL"),
    ("dc1.example.com", "not an LDAP URL"), ("ldap://", "no host name"),
    ("ldap:///dc=x", "no host name"), ("ldap://h:x", "not a port number"),
    ("ldap://h:0", "not a port number"), ("ldap://h:65536", "not a port number"),
    ("ldap://h:+1", "not a port number"), ("ldap://::1", "in brackets"),
    ("ldap://[::1", "no closing"), ("ldap://[::1]x", "only a \":\""),
    ("ldap://h/dc=%x", "not percent-encoded"),
    ("ldap://h/%FF", "not percent-encoded"), ("ldap://h/??deep", "none of base, one, sub"),
    ("ldap://h/????!bindname=x", "marked as required"), ("ldap://h?cn", "must stand between"),
    ("ldap://a b", "neither a host name"), ("ldapi://%2", "not percent-encoded"),
  ])
  func whatIsWrongIsSaid(text: String, reason: String) {
    let error = #expect(throws: LDAPURLError.self) { try LDAPURL(text) }
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    #expect(error?.description.hasPrefix(text) == true)
  }

  /// What is decoded of a host cannot become another part of the URL.
  @Test(arguments: [
    "a%2Fb", "a%3Fb", "a%23b", "a%40b", "a%3A389", "a%5Bb", "%3A%3A1", "a%25b", "a%0Ab", "a%00",
    "a%20b",
    "%E2%80%AEa", "b%C3%BCcher.de", "bücher.de", "a%2", "a%FF", ".", "a..b", ".a", "-a", "a\\b",
    "a,b",
    "[a]", "[127.0.0.1]", "[v1.a]", "[::1%25]", "[::1%25a%2Fb]", "[::1%25a%25b]", "[]", "[::g]",
    String(repeating: "a", count: 64), String(repeating: "a.", count: 128),
  ])
  func hostIsANameOrAnAddress(_ host: String) {
    for scheme in ["ldap", "ldaps"] {
      let error = #expect(throws: LDAPURLError.self) { try LDAPURL("\(scheme)://\(host)/dc=x") }
      #expect(error?.reason.contains("host name") == true, "\(String(describing: error))")
    }
  }

  @Test(arguments: [
    ("DC1.corp_x.example.com.", "DC1.corp_x.example.com.", "ldap://DC1.corp_x.example.com."),
    ("%61", "a", "ldap://a"), ("xn--bcher-kva.de", "xn--bcher-kva.de", "ldap://xn--bcher-kva.de"),
    ("10.0.0.1:390", "10.0.0.1", "ldap://10.0.0.1:390"),
    ("[fe80::1%25eth0]:1", "fe80::1%eth0", "ldap://[fe80::1%25eth0]:1"),
    ("[::ffff:1.2.3.4]", "::ffff:1.2.3.4", "ldap://[::ffff:1.2.3.4]"),
  ])
  func hostIsReadBackTheSame(text: String, host: String, server: String) throws {
    let url = try LDAPURL("ldap://" + text)
    #expect(url.host == host)
    #expect(url.server == server)
    #expect(try LDAPURL(server) == url)
  }

  @Test(arguments: ["ldap://u:S3CRET@h/dc=x?cn", "ldaps://S3CRET@[::1]", "ldap://u:S3CRET@x@h"])
  func passwordIsNotRepeated(_ text: String) {
    let error = #expect(throws: LDAPURLError.self) { try LDAPURL(text) }
    #expect(error?.reason.contains("no place in an LDAP URL") == true)
    #expect(error?.description.contains("S3CRET") == false)
    #expect(error?.description.contains("://…@") == true)
  }

  @Test(arguments: [
    ("ldap://localhost", true), ("ldap://127.0.0.1", true), ("ldap://127.9.9.9:1", true),
    ("ldap://[::1]", true), ("ldapi://x", true), ("ldap://127.example.com", false),
    ("ldap://127.0.0.1.example.com", false), ("ldap://10.0.0.1", false),
    ("ldap://127.0.0.256", false),
  ])
  func loopbackIsKnown(text: String, isLocal: Bool) throws {
    #expect(try LDAPURL(text).isLocal == isLocal)
  }

  @Test func aPasswordDoesNotTravelInTheOpen() throws {
    let url = try LDAPURL("ldap://dc1.example.com")
    var options = LDAPConnectionOptions.simple("a", "b")
    #expect(throws: LDAPError.self) { try Connection.refusePlaintext(url, options) }
    #expect(LDAPServer(url, options).failure?.cause == .refusedHere)
    options.allowPlaintext = true
    try Connection.refusePlaintext(url, options)
    options.allowPlaintext = false
    options.startTLS = true
    try Connection.refusePlaintext(url, options)
    options.startTLS = false
    try Connection.refusePlaintext(LDAPURL("ldaps://dc1.example.com"), options)
    options.bind = .sasl(.gssapi)
    try Connection.refusePlaintext(url, options)
  }

  @Test func everyPrefixIsReadOrRefused() {
    let text = Array("ldaps://[::1]:636/dc=%C3%BC??sub?(a=b)?!x".utf8)
    for end in 0...text.count {
      _ = try? LDAPURL(String(decoding: text[..<end], as: UTF8.self))
    }
  }
}
