import Bytes
import Testing

@testable import Directory

@Suite struct DistinguishedNameTests {
  private func parse(_ text: String) throws -> DistinguishedName {
    try Array(text.utf8).withByteView { bytes throws(DistinguishedNameError) in
      try DistinguishedName(bytes)
    }
  }

  private func normalised(_ text: String) throws -> String {
    String(decoding: try parse(text).normalised, as: UTF8.self)
  }

  @Test(arguments: [
    ("", ""),
    ("  ", ""),
    ("CN=Ann,OU=Staff,DC=contoso,DC=com", "cn=ann,ou=staff,dc=contoso,dc=com"),
    ("cn = Ann , ou=Staff;DC=x", "cn=ann,ou=staff,dc=x"),
    ("CN=Doe\\, John,DC=x", "cn=doe\\2c john,dc=x"),
    ("CN=Doe\\2C John,DC=x", "cn=doe\\2c john,dc=x"),
    ("CN=\"Doe, John\",DC=x", "cn=doe\\2c john,dc=x"),
    ("CN=\"a \\\" b\" ,DC=x", "cn=a \\22 b,dc=x"),
    ("CN=  a   b  ,DC=x", "cn=a b,dc=x"),
    ("CN=\\  a\\ ,DC=x", "cn=a,dc=x"),
    ("CN=\\20,DC=x", "cn=\\20,dc=x"),
    ("CN=,DC=x", "cn=,dc=x"),
    ("CN=\\#1\\+2,DC=x", "cn=\\231\\2b2,dc=x"),
    ("CN=a#b=c,DC=x", "cn=a#b=c,dc=x"),
    ("CN=a<b>c\"d,DC=x", "cn=a\\3cb\\3ec\\22d,dc=x"),
    ("CN=Ann\\0ACNF:F8D1,DC=x", "cn=ann\\0acnf:f8d1,dc=x"),
    ("CN=#0403416E6E,DC=x", "cn=ann,dc=x"),
    ("1.3.6.1.4.1.1466.0=#30024869,DC=x", "1.3.6.1.4.1.1466.0=#30024869,dc=x"),
    ("OID.2.5.4.3=Ann,DC=x", "2.5.4.3=ann,dc=x"),
    ("OU=b+CN=a,DC=x", "cn=a+ou=b,dc=x"),
    ("CN=a+OU=b,DC=x", "cn=a+ou=b,dc=x"),
    ("CN=ÄÖ,DC=x", "cn=äö,dc=x"),
    ("CN=Lu\\C4\\8Di\\C4\\87,DC=x", "cn=lučić,dc=x"),
    ("CN=\\C3\\84,DC=x", "cn=ä,dc=x"),
    ("CN=a\\\\,DC=x", "cn=a\\5c,dc=x"),
    ("CN=\\00,DC=x", "cn=\\00,dc=x"),
    ("OID.oid.2.5.4.3=a,DC=x", "2.5.4.3=a,dc=x"),
  ])
  func normalisedForm(_ input: String, _ expected: String) throws {
    #expect(try normalised(input) == expected)
    #expect(
      text(input) { bytes, arena in try? DistinguishedName.normalise(bytes, into: arena) }
        == expected)
    // The normalised form is a name, and its own normalised form.
    #expect(try normalised(expected) == expected)
  }

  @Test(arguments: [
    ("CN", 2, DistinguishedNameError.Reason.missingEquals),
    ("CN=a,", 5, .trailingSeparator),
    ("CN=a+", 5, .trailingSeparator),
    ("CN=a,,DC=x", 5, .missingEquals),
    ("=a", 0, .emptyType),
    ("C N=a", 2, .badType),
    ("CN=Doe, John,DC=x", 12, .missingEquals),
    ("CN=a\\", 4, .badEscape),
    ("CN=a\\x", 4, .badEscape),
    ("CN=a\\4", 4, .badEscape),
    ("CN=a\\4g", 4, .badEscape),
    ("CN=#", 4, .badHexadecimal),
    ("CN=#0", 5, .badHexadecimal),
    ("CN=#01x", 6, .badHexadecimal),
    ("CN=\"a", 3, .unclosedQuote),
    ("CN=\"a\"b", 6, .afterQuote),
    ("CN=a\0b", 4, .rawNUL),
    ("CN=\"a\0\"", 5, .rawNUL),
    ("ä=b", 0, .badType),
  ])
  func errorsSayWhereAndWhy(
    _ input: String, _ offset: Int, _ reason: DistinguishedNameError.Reason
  ) {
    let expected = DistinguishedNameError(offset: offset, reason: reason)
    #expect(throws: expected) { try parse(input) }
    #expect(expected.description.hasPrefix("not a distinguished name at byte \(offset): "))
    #expect(text(input) { try? DistinguishedName.normalise($0, into: $1) } == nil)
  }

  @Test func partsOfAName() throws {
    let name = try parse("CN=Doe\\, John+uid=7,OU=Staff,DC=contoso,DC=com")
    #expect(name.rdns.count == 4)
    #expect(name.rdns[0].assertions.count == 2)
    #expect(name.rdns[0].assertions[1].type == Array("uid".utf8))
    #expect(name.leftmostValue == Array("Doe, John".utf8))
    #expect(name.domainName == Array("contoso.com".utf8))
    #expect(!name.isRoot)
    let parent = try #require(name.parent)
    #expect(String(decoding: parent.text, as: UTF8.self) == "OU=Staff,DC=contoso,DC=com")
    #expect(try parent == parse("ou=staff, dc=Contoso, dc=com"))
    #expect(try #require(parent.parent).text == Array("DC=contoso,DC=com".utf8))
    let root = try #require(parent.parent?.parent?.parent)
    #expect(root.isRoot)
    #expect(root.normalised.isEmpty)
    #expect(root.text.isEmpty)
    #expect(root.parent == nil)
    #expect(root.leftmostValue == nil)
    #expect(root.domainName == nil)
  }

  @Test(arguments: [
    ("CN=a,DC=contoso,DC=com", "contoso.com"),
    ("dc=Contoso, Dc=COM", "Contoso.COM"),
    ("DC=host,CN=MicrosoftDNS,DC=DomainDnsZones,DC=contoso,DC=com", "DomainDnsZones.contoso.com"),
    ("CN=a,O=x", nil),
    ("DC=a,O=x", nil),
    ("DC=a+CN=b,DC=c", "c"),
    ("CN=b+DC=a,DC=c", "c"),
    ("CN=b+DC=a", nil),
    ("DC=\\61,DC=b", "a.b"),
    ("", nil),
  ])
  func domainNames(_ input: String, _ expected: String?) throws {
    #expect(try parse(input).domainName.map { String(decoding: $0, as: UTF8.self) } == expected)
    #expect(text(input) { DistinguishedName.domainName(of: $0, into: $1) } == expected)
  }

  @Test(arguments: [
    ("CN=a,DC=x", "DC=x", true),
    ("CN=a,OU=b,DC=x", "dc=X", true),
    ("CN=a,DC=x", "", true),
    ("DC=x", "DC=x", false),
    ("DC=x", "CN=a,DC=x", false),
    ("CN=a,DC=xx", "DC=x", false),
    ("CN=a\\,DC=x", "DC=x", false),
    ("CN=a\\\\,DC=x", "DC=x", true),
    ("CN=a\\\\\\,DC=x", "DC=x", false),
    ("CN=\"a,DC=x\"", "DC=x", false),
    ("", "", false),
    ("", "DC=x", false),
  ])
  func descendants(_ child: String, _ base: String, _ expected: Bool) throws {
    #expect(try parse(child).isDescendant(of: parse(base)) == expected)
  }

  @Test func withinIsTheBaseOrBelow() {
    #expect(DistinguishedName.isWithin(normalised: ByteView("dc=x"), base: ByteView("dc=x")))
    #expect(DistinguishedName.isWithin(normalised: ByteView("cn=a,dc=x"), base: ByteView("dc=x")))
    #expect(!DistinguishedName.isWithin(normalised: ByteView("dc=y"), base: ByteView("dc=x")))
    #expect(DistinguishedName.isWithin(normalised: .empty, base: .empty))
  }

  @Test(arguments: [
    ("CN=Ann,DC=x", "Ann", "DC=x"),
    ("CN=Doe\\, John , DC=x", "Doe, John", "DC=x"),
    ("CN=\"Doe, John\",DC=x", "Doe, John", "DC=x"),
    ("CN=a+OU=b,DC=x", "a", "DC=x"),
    ("CN=Ann\\0ACNF:f8", "Ann\nCNF:f8", ""),
    ("CN=Ann,garbage", "Ann", "garbage"),
    ("garbage", nil, nil),
    ("", nil, nil),
  ])
  func cheapParts(_ input: String, _ value: String?, _ parent: String?) {
    #expect(text(input) { DistinguishedName.leftmostValue(of: $0, into: $1) } == value)
    #expect(text(input) { bytes, _ in DistinguishedName.parent(of: bytes) } == parent)
  }

  @Test(arguments: [
    (0, "Ann\\0ACNF:f\\+8"), (1, "Staff"), (2, "x"), (3, "y"), (4, nil), (-1, nil),
  ])
  func components(_ index: Int, _ expected: String?) {
    let name = "CN=Ann\\0aCNF:f\\+8+uid=1,OU=Staff,DC=x,DC=y"
    #expect(text(name) { DistinguishedName.component(of: $0, at: index, into: $1) } == expected)
  }

  @Test(arguments: [("", 0), ("DC=x", 1), ("CN=a+OU=b,DC=x", 2), ("x", nil)])
  func depth(_ input: String, _ expected: Int?) {
    #expect(withView(input) { DistinguishedName.depth(of: $0) } == expected)
  }

  @Test func equalNamesAreOne() throws {
    let names = try ["CN=Doe\\, J,DC=X", "cn=doe\\2c  j , dc=x", "CN=\"Doe, J\";DC=x"].map(parse)
    #expect(Set(names).count == 1)
  }

  @Test func everyPrefixIsANameOrAnError() {
    let full = "CN=Doe\\, J\\C3\\84\\0A+uid=\"a,b\",OU=#0403416E6E, OID.1.2=ä ;DC=contoso,DC=com"
    let arena = ByteArena()
    withView(full) { bytes in
      for end in 0...bytes.count {
        let prefix = bytes.upTo(end)
        let parsed = try? DistinguishedName(prefix)
        let streamed = try? DistinguishedName.normalise(prefix, into: arena)
        #expect(parsed?.normalised == streamed?.array)
        _ = DistinguishedName.leftmostValue(of: prefix, into: arena)
        _ = DistinguishedName.domainName(of: prefix, into: arena)
        _ = DistinguishedName.component(of: prefix, at: 1, into: arena)
        _ = DistinguishedName.parent(of: prefix)
      }
    }
  }

  @Test(arguments: hostileBytes)
  func hostileBytesEverywhere(_ bytes: [UInt8]) {
    let arena = ByteArena()
    let name = Array("CN=a\\,b,DC=x".utf8)
    for place in 0...name.count {
      var hostile = name
      hostile.insert(contentsOf: bytes, at: place)
      hostile.withByteView { view in
        let parsed = try? DistinguishedName(view)
        let streamed = try? DistinguishedName.normalise(view, into: arena)
        #expect(parsed?.normalised == streamed?.array)
        // Normalising loses nothing that would make a second time differ.
        if let streamed {
          let again = try? DistinguishedName.normalise(streamed, into: arena)
          #expect(again?.array == streamed.array)
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["CN=  a,", "CN=\\,\\41+"])
  func hugeNamesTakeLinearTime(_ piece: String) throws {
    let huge = Array(String(repeating: piece, count: 1_000_000 / piece.utf8.count).utf8)
    let name = huge + Array("DC=x".utf8)
    let arena = ByteArena()
    name.withByteView { bytes in
      #expect((try? DistinguishedName.normalise(bytes, into: arena)) != nil)
      #expect((try? DistinguishedName(bytes)) != nil)
      let domain = DistinguishedName.domainName(of: bytes, into: arena)
      #expect(domain?.string == (piece.hasSuffix(",") ? "x" : nil))
      #expect(DistinguishedName.leftmostValue(of: bytes, into: arena) != nil)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func tenMegabytesInOneValue() throws {
    let half = 5_000_000
    let value = [UInt8](repeating: 0x20, count: half) + [UInt8](repeating: 0x41, count: half)
    let arena = ByteArena()
    (Array("CN=x".utf8) + value).withByteView { bytes in
      let normalised = try? DistinguishedName.normalise(bytes, into: arena)
      #expect(normalised?.count == half + 5)
    }
  }
}
