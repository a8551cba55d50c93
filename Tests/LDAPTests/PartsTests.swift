import Bytes
import Directory
import Testing

@testable import LDAP

/// The small parts, each with a table of cases.
@Suite struct PartsTests {
  @Test(
    arguments: [
      ("member;range=0-1499", "member", 0, 1499), ("member;range=1500-*", "member", 1500, nil),
      ("member;Range=3-3", "member", 3, 3), ("a;x;range=0-*;y", "a;x;y", 0, nil),
    ] as [(String, String, Int, Int?)])
  func ranges(text: String, attribute: String, first: Int, last: Int?) throws {
    let range = try #require(text.withByteView { RangeOption($0) })
    #expect(String(decoding: range.attribute, as: UTF8.self) == attribute)
    #expect(range.first == first)
    #expect(range.last == last)
  }

  @Test(arguments: [
    "member", "member;binary", "member;range", "member;range=", "member;range=1", "range=0-1",
    "member;range=2-1", "member;range=-1-2", "member;range=a-b", "member;range=0-1-2", ";;", "",
    "member;range=0-99999999999999999999", "member;range=0-9223372036854775807",
  ])
  func noRanges(text: String) {
    #expect(text.withByteView { RangeOption($0) } == nil)
  }

  @Test(arguments: [
    ("ou=a,dc=x", "OU=a, DC=x", true), ("ou=a,dc=x", "cn=b,ou=A,dc=X", true),
    ("ou=a,dc=x", "cn=b,ou=aa,dc=x", false), ("ou=a,dc=x", "dc=x", false),
    ("ou=a,dc=x", "cn=b\\,ou=a,dc=x", false), ("ou=a\\2Cb,dc=x", "cn=c,OU=a\\,b,dc=x", true),
    ("ou=a,dc=x", "cn=b\\\\,ou=a,dc=x", true), ("ou=a b,dc=x", "cn=c , ou = a b ,dc=x", true),
    ("ou=a b,dc=x", "ou=ab,dc=x", false), ("", "cn=a", true), ("ou=a", "\\", false),
    ("ou=ü,dc=x", "cn=1,ou=\\C3\\BC,dc=x", true), ("ou=a,dc=x", "cn=b,ou=a,dc=x\\ ", true),
  ])
  func subtrees(top: String, dn: String, isInside: Bool) {
    #expect(SubtreeSet([top]).contains(dn) == isInside)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (1_795_242_998, "2026-11-21T06:36:38Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
    (-1, "1969-12-31T23:59:59Z"),
  ])
  func times(seconds: Int, text: String) {
    #expect(UTCTime.text(seconds) == text)
  }

  @Test func datesAndSecondsAreInverse() {
    #expect(UTCTime.seconds(year: 2000, month: 3, day: 1) == 951_868_800)
    #expect(UTCTime.seconds(year: 1970, month: 1, day: 1) == 0)
    #expect(UTCTime.seconds(year: 1969, month: 12, day: 31) == -86_400)
  }

  @Test(arguments: [
    ("( 2.5.4.3 NAME 'cn' SUP name )", ["cn"]),
    ("( 2.5.4.3 NAME ( 'cn' 'commonName' ) SUP name )", ["cn", "commonname"]),
    ("( 2.5.4.3 DESC 'x' )", []), ("( 1 NAME '", []), ("( 1 NAME ( 'a", []), ("", []),
  ])
  func schemaNames(definition: String, names: [String]) {
    #expect(SchemaFacts.names(definition) == names)
  }

  @Test func aSecretIsGoneAfterItsUse() {
    let secret = LDAPSecret("päss".utf8)
    #expect(unsafe secret.withBytes { unsafe Array($0) } == Array("päss".utf8))
    secret.wipe()
    #expect(secret.isEmpty)
    #expect(LDAPSecret([]).isEmpty)
  }

  @Test(
    arguments: [
      ("DC=corp,DC=Contoso,DC=local", "corp.contoso.local"), ("dc = a, dc = b", "a.b"),
      ("ou=a,dc=b", nil), ("", nil),
    ] as [(String, String?)])
  func domainNames(dn: String, name: String?) {
    #expect(ServerDescription.domainName(dn) == name)
  }

  @Test func errorsAreOneLine() {
    var error = LDAPError(.bind, .refusedByServer, server: "ldap://h", summary: "no", advice: "try")
    error.resultCode = 49
    error.serverText = "a\r\n\tb\0"
    error.matchedDN = "dc=x"
    #expect(error.description == "ldap://h: bind: no (49): a b (exists up to dc=x); try")
    #expect(error.reason == "bind: no (49): a b (exists up to dc=x); try")
  }

  @Test(arguments: [
    (
      "80090308: LdapErr: DSID-0C09042F, comment: AcceptSecurityContext error, data 52e, v3839",
      "wrong"
    ),
    ("…, data 533, v1", "disabled"), ("…, data 775, v1", "locked"), ("no data", "check the name"),
  ])
  func windowsReasons(text: String, words: String) {
    let advice = ResultCode.advice(49, .bind, text: text)
    #expect(advice?.contains(words) == true)
  }

  @Test func whereAScanBegins() throws {
    let url = try LDAPURL("ldap://h")
    func description(_ attributes: [(String, [String])], _ url: LDAPURL) -> ServerDescription {
      var entry = LDAPEntry(dn: [], attributes: [])
      entry.attributes = attributes.map {
        LDAPEntry.Attribute(name: $0.0, values: $0.1.map { Array($0.utf8) })
      }
      return ServerDescription(entry, url: url)
    }
    let plain = description(
      [("namingContexts", ["cn=config", "dc=a", "O=NetscapeRoot", "dc=b"])], url)
    #expect(plain.defaultBases == ["dc=a", "dc=b"])
    #expect(!plain.supportsPaging)
    let windows: [(String, [String])] = [
      ("supportedCapabilities", [ControlOID.activeDirectory]), ("defaultNamingContext", ["DC=a"]),
      ("namingContexts", ["DC=a", "CN=Configuration,DC=a"]),
      ("supportedControl", [ControlOID.pagedResults]),
    ]
    #expect(description(windows, url).defaultBases == ["DC=a"])
    #expect(description(windows, url).supportsPaging)
    let catalog = description(windows, try LDAPURL("ldaps://h:3269"))
    #expect(catalog.isGlobalCatalog)
    #expect(catalog.defaultBases == [""])
    #expect(ServerDescription(nil, url: url).defaultBases.isEmpty)
    #expect(ServerDescription.levelName(7) == "2016")
    #expect(ServerDescription.levelName(99) == "level 99")
  }
}
