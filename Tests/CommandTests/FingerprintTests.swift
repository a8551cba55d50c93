import Foundation
import Testing

/// What baselines and decisions of others are kept by: the same finding has the same fingerprint in
/// every version.
@Suite struct FingerprintTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var identity: String
    var upn: String
    var fingerprint: String
    var testDescription: String { identity }
  }

  /// Calculated apart from this program, in Python:
  /// `blake2b(b"".join(struct.pack(">Q", len(f)) + f for f in fields), digest_size=16)`, the fields being the
  /// rule, the object (its objectGUID, else its entryUUID, else its normalised DN), the attribute in small
  /// letters, the value without case and outer white space.
  static let vectors = [
    // UPN006, cn=ann,ou=staff,dc=contoso,dc=com, userprincipalname, ann@contoso.local
    Vector(
      identity: "sAMAccountName: ann", upn: "userPrincipalName: Ann@Contoso.local",
      fingerprint: "eff53c0b9d253279facebe0f7a35946f"),
    // UPN006, 00112233-4455-6677-8899-aabbccddeeff, userprincipalname, zoë@contoso.local
    Vector(
      identity: "objectGUID:: MyIRAFVEd2aImaq7zN3u/w==",
      upn: "userPrincipalName:: Wk/Di0Bjb250b3NvLmxvY2Fs",
      fingerprint: "6507636e888b06b8550e706c7862696e"),
    // UPN006, 6fa459ea-ee8a-3ca4-894e-db77e160355e, userprincipalname, ann@contoso.local
    Vector(
      identity: "entryUUID: 6FA459EA-ee8a-3ca4-894e-db77e160355e",
      upn: "userPrincipalName: Ann@Contoso.local ",
      fingerprint: "a0cdfc20732aac98d11df9c8ed0dad5f"),
  ]

  @Test(arguments: vectors)
  func fingerprintIsThatOfEveryVersion(_ vector: Vector) throws {
    let place = try Workplace(
      """
      dn: CN=Ann, OU=Staff,DC=contoso,DC=com
      objectClass: user
      displayName: Ann
      \(vector.identity)
      \(vector.upn)

      """)
    let lines = try place.run(
      "check", "--select", "UPN006", "--format", "ndjson", "export.ldif"
    ).output
      .split(separator: "\n").map {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
    let finding = try #require(lines.first { $0?["rule"] as? String == "UPN006" } ?? nil)
    #expect(finding["fingerprint"] as? String == vector.fingerprint)
  }
}
