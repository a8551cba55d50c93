import Findings
import LDIF
import Lint
import TestKit
import Testing

/// What `db2ldif -r` of 389 Directory Server writes: when each value came, and those that are gone.
@Suite struct ReplicationStateTests {
  private static let text = """
    version: 1

    # entry-id: 1
    dn: dc=contoso,dc=com
    objectClass;vucsn-5f1e0a010000000a0000: top
    objectClass;vucsn-5f1e0a010000000a0000: domain
    dc;vucsn-5f1e0a010000000a0000;mdcsn-5f1e0a010000000a0000: contoso
    nsUniqueId: 0a1b2c3d-11111111-22222222-33333333

    # entry-id: 2
    dn: uid=ann,ou=people,dc=contoso,dc=com
    objectClass;vucsn-5f1e0a020000000a0000: top
    objectClass;vucsn-5f1e0a020000000a0000: inetOrgPerson
    uid;vucsn-5f1e0a020000000a0000;mdcsn-5f1e0a020000000a0000: ann
    cn;adcsn-5f1e0a030000000a0001;vucsn-5f1e0a030000000a0002: Ann
    mail;adcsn-5f1e0a030000000a0001;vucsn-5f1e0a030000000a0002: an n@contoso.com
    mail;vucsn-5f1e0a020000000a0000;vdcsn-5f1e0a030000000a0001;deleted: a nn@contoso.com
    telephoneNumber;adcsn-5f1e0a030000000a0001;deletedattribute;deleted: 
    mail;lang-de: l an@contoso.com

    # entry-id: 3
    dn: nsuniqueid=0a1b2c3d-11111111-22222222-44444444,uid=bob,ou=people,dc=contoso,dc=com
    objectClass;vucsn-5f1e0a020000000a0000: inetOrgPerson
    objectClass;vucsn-5f1e0a040000000a0000: nsTombstone
    uid;vucsn-5f1e0a020000000a0000: bob
    mail;vucsn-5f1e0a020000000a0000: an n@contoso.com
    nscpEntryDN: uid=bob,ou=people,dc=contoso,dc=com

    """

  @Test func valuesThatAreThereAreReadAndOthersNot() throws {
    let result = try Lint.of(Self.text)
    #expect(result.summary.problems.filter(\.makesIncomplete) == [])
    #expect(result.summary.skipped.contains { $0.reason == "a deleted object" && $0.count == 1 })
    let values = Set(
      result.findings().compactMap { $0.value.map { String(decoding: $0, as: UTF8.self) } })
    #expect(values == ["an n@contoso.com"])
  }

  @Test func recordsAreReadWholeWithoutTheOptions() throws {
    let record = try #require(
      Self.text.withByteView { ContentReader.read($0) }.records.first {
        $0.dn.starts(with: "uid=ann".utf8)
      })
    #expect(record.attributes.map(\.name) == ["objectClass", "uid", "cn", "mail", "mail;lang-de"])
    #expect(record.values("mail") == [Array("an n@contoso.com".utf8)])
  }
}
