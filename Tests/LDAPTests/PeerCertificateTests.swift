import Foundation
import Testing

@testable import LDAP

@Suite struct PeerCertificateTests {
  /// A self-signed certificate of /O=Contoso/CN=dc1.corp.contoso.local for two names and two
  /// addresses, valid from 2026-11-21T10:00:47Z to 2036-11-18T10:00:47Z.
  static let der = Array(
    Data(
      base64Encoded: """
        MIICBjCCAa2gAwIBAgIUZiE63kvK8x9ElgBCtr2EEkXkklkwCgYIKoZIzj0EAwIwMzEQMA4GA1UE
        CgwHQ29udG9zbzEfMB0GA1UEAwwWZGMxLmNvcnAuY29udG9zby5sb2NhbDAeFw0yNjExMjExMDAw
        NDdaFw0zNjExMTgxMDAwNDdaMDMxEDAOBgNVBAoMB0NvbnRvc28xHzAdBgNVBAMMFmRjMS5jb3Jw
        LmNvbnRvc28ubG9jYWwwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT3B+0zVhX0+A/CJjSjbaqL
        2EPCDyV88GbsvR5ulLRjlI7Aad9bERbN/8DLr1zaYOI5WXA3iIS7ygvuOjD1Gao/o4GeMIGbMB0G
        A1UdDgQWBBSrD8VJDUFRaB2bcUjoEiJJppbplDAfBgNVHSMEGDAWgBSrD8VJDUFRaB2bcUjoEiJJ
        ppbplDAPBgNVHRMBAf8EBTADAQH/MEgGA1UdEQRBMD+CFmRjMS5jb3JwLmNvbnRvc28ubG9jYWyC
        DSouY29udG9zby5jb22HBAoBAgOHECABDbgAAAAAAAAAAAAAAAEwCgYIKoZIzj0EAwIDRwAwRAIg
        Gy8GBWtSvRrIW7HQg/lrpATRlxWbICOL3eVdMGh2kyECIBrO/NMbxM7f89XVnqx4bvSv2Easqkle
        3xUM270QjK1N
        """, options: .ignoreUnknownCharacters) ?? Data())

  @Test func whatItSaysIsRead() throws {
    let certificate = try #require(PeerCertificate(Self.der))
    #expect(certificate.subject == "dc1.corp.contoso.local")
    #expect(certificate.issuer == "dc1.corp.contoso.local")
    #expect(certificate.isSelfSigned)
    #expect(UTCTime.text(certificate.notBefore) == "2026-11-21T10:00:47Z")
    #expect(UTCTime.text(certificate.notAfter) == "2036-11-18T10:00:47Z")
    #expect(
      certificate.names == [
        "dc1.corp.contoso.local", "*.contoso.com", "10.1.2.3", "2001:db8::1",
      ])
  }

  @Test(arguments: [
    ("DC1.corp.contoso.local", true), ("a.contoso.com", true), ("a.b.contoso.com", false),
    ("contoso.com", false), ("10.1.2.3", true), ("10.1.2.4", false), ("2001:db8::1", true),
    ("dc1", false),
  ])
  func hosts(host: String, matches: Bool) throws {
    #expect(try #require(PeerCertificate(Self.der)).isFor(host) == matches)
  }

  @Test func everyPrefixAndEveryChangedByteIsSurvived() {
    for end in Self.der.indices { #expect(PeerCertificate(Array(Self.der[..<end])) == nil) }
    for index in Self.der.indices {
      for value in [UInt8(0), 0x7F, 0x80, 0x84, 0xFF] {
        var changed = Self.der
        changed[index] = value
        _ = PeerCertificate(changed)
      }
    }
  }
}
