import Foundation
import Testing

/// A pack of one's own may look at passwords; what it finds is told without them.
@Suite struct SecretTests {
  private static func workplace() throws -> Workplace {
    let place = try Workplace(
      Export.user("ann", upn: "ann@contoso.com", more: "unixUserPassword: S3 CRET"))
    try place.writePack(
      """
      id: OWN001
      name: password-with-a-space
      severity: error
      summary: A password holds a space.
      why: To see.
      objects: [user]
      attribute: unixUserPassword
      cloud: Nothing.
      check: { pattern: { forbid-match: '[^ ] +[^ ]' } }
      message: '"{value}" holds a space'
      fix:
        - remove-whitespace: {}
          safety: safe
          reason: No space is meant.
      references: [https://example.com]
      examples:
        bad:
          - ldif: |
              dn: CN=a,DC=contoso,DC=com
              objectClass: user
              unixUserPassword: a b
            finds: [{ dn: "CN=a,DC=contoso,DC=com", attribute: unixUserPassword }]
        good:
          - ldif: |
              dn: CN=a,DC=contoso,DC=com
              objectClass: user
              unixUserPassword: ab
      """, named: "password-with-a-space")
    return place
  }

  @Test(arguments: ["text", "json", "ndjson", "csv", "idfix-csv", "decisions"])
  func reportIsWithoutIt(_ format: String) throws {
    let outcome = try Self.workplace().check(
      "--pack", "pack", "--all-objects", "--format", format)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("unixUserPassword"))
    #expect(!(outcome.output + outcome.errors).contains("CRET"))
  }

  @Test(arguments: [["--diff"], ["-o", "patch.ldif"]])
  func patchLeavesItAlone(_ options: [String]) throws {
    let place = try Self.workplace()
    let outcome = try place.run(
      ["fix", "export.ldif", "--pack", "pack", "--all-objects", "--list-left"] + options)
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("unixUserPassword holds a secret, which no patch may hold"))
    #expect(!(outcome.output + outcome.errors).contains("CRET"))
    for name in options.dropFirst() { #expect(try !place.read(name).contains("CRET")) }
  }

  @Test func editedPatchIsRefused() throws {
    let place = try Self.workplace()
    try place.write(
      """
      dn: CN=ann,OU=Staff,DC=contoso,DC=com
      changetype: modify
      delete: unixUserPassword
      unixUserPassword: S3CRET2
      -

      """, to: "patch.ldif")
    let outcome = try place.run("fix", "export.ldif", "--check", "patch.ldif")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("unixUserPassword holds a secret, which no patch may hold"))
    #expect(!(outcome.output + outcome.errors).contains("CRET"))
  }
}
