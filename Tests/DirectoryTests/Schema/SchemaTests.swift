import Testing

@testable import Directory

@Suite struct SchemaTests {
  @Test(arguments: [
    ("mail", "MAIL", true), ("mail;lang-de;x-a", "Mail;X-A;lang-DE", true),
    ("mail;lang-de", "mail", false), ("mail;lang-de", "mail;lang-de;x-a", false),
    ("mail;binary", "mail", false), ("mail;", "mail", true), ("mail;a;a", "mail;a", false),
  ])
  func descriptionsAreTheSameInAnyOrder(_ left: String, _ right: String, _ isSame: Bool) {
    #expect(AttributeDescription.isSame(left, right) == isSame)
    let keys = [left, right].map { AttributeDescription.key(of: $0, withBinary: false) }
    #expect((keys[0] == keys[1]) == (isSame || left.hasSuffix(";binary")))
  }

  @Test func everyNameAndIdentifierIsThereOnce() {
    let names = Schema.attributes.map { $0.name.lowercased() }
    #expect(Set(names).count == names.count)
    let identifiers = Schema.attributes.compactMap(\.oid)
    #expect(Set(identifiers).count == identifiers.count)
    for oid in identifiers {
      let arcs = oid.split(separator: ".", omittingEmptySubsequences: false)
      #expect(
        arcs.count > 3 && arcs.allSatisfy { UInt64($0).map { String($0) } == String($0) }, "\(oid)")
    }
  }

  @Test(arguments: [
    ("USERPRINCIPALNAME", "1.2.840.113556.1.4.656", true),
    ("proxyAddresses", "1.2.840.113556.1.2.210", false),
    ("mail", "0.9.2342.19200300.100.1.3", true), ("userPassword", "2.5.4.35", false),
    ("extensionAttribute11", "1.2.840.113556.1.2.599", true), ("objectClass", "2.5.4.0", false),
  ])
  func attributeIsFound(_ name: String, _ oid: String, _ isSingle: Bool) throws {
    let known = try #require(Schema.find(name))
    #expect(known.oid == oid)
    #expect(known.traits.contains(.single) == isSingle)
  }

  @Test func traitsAreThoseOfTheFacts() {
    #expect(
      Set(Schema.names(.typed)) == [
        "proxyAddresses", "targetAddress", "msRTCSIP-PrimaryUserAddress",
      ])
    let trimmed = Set(Schema.names(.trimmed))
    // Connect lets these three flow as they are.
    #expect(
      trimmed.isDisjoint(with: [
        "userPrincipalName", "mailNickname", "targetAddress", "displayName",
      ]))
    #expect(
      trimmed.isSuperset(of: [
        "mail", "proxyAddresses", "givenName", "sn", "extensionAttribute15", "info",
      ]))
    #expect(trimmed.count == 29 + 15 + 6)
    #expect(Schema.find("nothing") == nil)
  }
}
